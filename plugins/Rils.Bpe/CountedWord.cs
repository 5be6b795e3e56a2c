namespace Rils.Bpe;

/// <summary>A word of the training texts, cut into symbols, with its number of occurrences.</summary>
sealed class CountedWord
{
    public CountedWord(string letters, int count)
    {
        Symbols = [.. letters.Select(letter => letter.ToString())];
        Symbols[^1] += ByteAlphabet.EndOfWord;
        Count = count;
    }

    public List<string> Symbols { get; private set; }

    public int Count { get; }

    public IEnumerable<Merge> Pairs => Symbols.Zip(Symbols.Skip(1), static (left, right) => new Merge(left, right));

    public void Apply(Merge merge)
    {
        var merged = new List<string>(Symbols.Count);
        for (var i = 0; i < Symbols.Count; i++)
        {
            var joins = i + 1 < Symbols.Count && Symbols[i] == merge.Left && Symbols[i + 1] == merge.Right;
            merged.Add(joins ? merge.Result : Symbols[i]);
            if (joins) i++;
        }
        Symbols = merged;
    }
}
