namespace Rils.Bpe;

/// <summary>Learns merges from captions (Sennrich et al. 2016, algorithm 1); cleans and splits the text as the
/// tokenizer does.</summary>
/// <remarks>Deterministic: among equally frequent pairs, the first in ordinal order is merged.</remarks>
public static class BpeTrainer
{
    /// <summary>How often a pair must occur to be merged: a token for one occurrence teaches nothing.</summary>
    const int FewestOccurrences = 2;

    /// <summary>The size of a vocabulary without merges: the bytes, the same at a word's end, and two special
    /// tokens.</summary>
    internal const int SmallestSize = 2 * 256 + 2;

    /// <summary>Learns a vocabulary.</summary>
    /// <param name="captions">The training texts; their order does not matter.</param>
    /// <param name="size">The most ids, including the 512 of bytes and the two special ones. The vocabulary has fewer
    /// where no further pair occurs twice.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 514.</exception>
    public static Vocabulary Learn(IEnumerable<string> captions, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, SmallestSize);
        var room = size - SmallestSize;
        var words = CountWords(captions);
        var pairs = new PairCounts(words);
        var merges = new List<Merge>();
        while (merges.Count < room && pairs.TakeMostFrequent(FewestOccurrences) is { } merge)
        {
            merges.Add(merge);
            pairs.Apply(merge);
        }
        return new(merges);
    }

    static List<CountedWord> CountWords(IEnumerable<string> captions)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var word in captions.SelectMany(caption => WordSplitter.Split(CaptionText.Clean(caption))))
            if (word is not (WordSplitter.StartOfText or WordSplitter.EndOfText))
                counts[word] = counts.GetValueOrDefault(word) + 1;
        return [.. counts.Select(entry => new CountedWord(ByteAlphabet.Spell(entry.Key), entry.Value))];
    }
}
