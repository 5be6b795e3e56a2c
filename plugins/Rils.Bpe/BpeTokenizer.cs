using System.Collections.Concurrent;
using Microsoft.ML.Tokenizers;

namespace Rils.Bpe;

/// <summary>CLIP's tokenizer (Radford et al. 2021) for any vocabulary of merges.</summary>
/// <remarks>The last id is end of text, the id before it start of text. Thread-safe.</remarks>
public sealed class BpeTokenizer : ITokenizer
{
    /// <summary>How many words' ids are remembered: captions repeat their words, but a stream of new words must not
    /// fill the memory.</summary>
    const int RememberedWords = 1 << 16;

    readonly ConcurrentDictionary<string, int[]> words = new(StringComparer.Ordinal);
    readonly Microsoft.ML.Tokenizers.BpeTokenizer encoder;
    readonly int start, end;

    /// <summary>Makes the tokenizer of a vocabulary.</summary>
    public BpeTokenizer(Vocabulary vocabulary)
    {
        encoder = Microsoft.ML.Tokenizers.BpeTokenizer.Create(new BpeOptions(vocabulary.Ids)
        {
            Merges = vocabulary.Merges.Select(merge => $"{merge.Left} {merge.Right}"),
            EndOfWordSuffix = ByteAlphabet.EndOfWord,
        });
        VocabularySize = vocabulary.Size;
        (start, end) = (vocabulary.Size - 2, vocabulary.Size - 1);
        words[WordSplitter.StartOfText] = [start];
        words[WordSplitter.EndOfText] = [end];
    }

    /// <inheritdoc/>
    public int VocabularySize { get; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="context"/> is below 2, which leaves no room for
    /// start and end.</exception>
    public int[] Encode(string text, int context)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(context, 2);
        var ids = new List<int>(context) { start };
        foreach (var word in WordSplitter.Split(CaptionText.Clean(text)))
        {
            if (ids.Count >= context) break;
            ids.AddRange(IdsOf(word));
        }
        if (ids.Count >= context) ids.RemoveRange(context - 1, ids.Count - context + 1);
        ids.Add(end);
        return [.. ids];
    }

    int[] IdsOf(string word)
    {
        if (words.TryGetValue(word, out var known)) return known;
        var letters = ByteAlphabet.Spell(word);
        int[] ids = [.. encoder.EncodeToIds(letters, considerPreTokenization: false, considerNormalization: false)];
        if (words.Count < RememberedWords) words[word] = ids;
        return ids;
    }
}
