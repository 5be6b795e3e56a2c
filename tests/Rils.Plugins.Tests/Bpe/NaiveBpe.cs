using System.Text;

namespace Rils.Tests.Plugins.Bpe;

/// <summary>Byte-pair encoding in its textbook form, on bytes: shares no code with the plugin.</summary>
static class NaiveBpe
{
    /// <summary>GPT-2's table as its authors build it.</summary>
    static readonly Dictionary<byte, char> letters = BuildLetters();

    public static char Letter(byte value) => letters[value];

    public static string[] Symbols(string word)
    {
        var symbols = Encoding.UTF8.GetBytes(word).Select(value => letters[value].ToString()).ToArray();
        symbols[^1] += "</w>";
        return symbols;
    }

    /// <summary>Applies the merge of the lowest rank everywhere in the word until none applies.</summary>
    public static string[] Encode(string word, IReadOnlyDictionary<(string, string), int> ranks)
    {
        var symbols = Symbols(word);
        while (true)
        {
            var best = Pairs(symbols).Where(ranks.ContainsKey).OrderBy(pair => ranks[pair])
                .Select(pair => ((string, string)?)pair).FirstOrDefault();
            if (best is not { } pair) return symbols;
            symbols = Join(symbols, pair);
        }
    }

    /// <summary>Learns by counting everything again for each merge.</summary>
    public static List<(string, string)> Learn(IEnumerable<string> words, int merges)
    {
        var texts = words.Select(Symbols).ToList();
        var learned = new List<(string, string)>();
        while (learned.Count < merges)
        {
            var best = texts.SelectMany(Pairs).GroupBy(pair => pair).Where(group => group.Count() >= 2)
                .OrderByDescending(group => group.Count())
                .ThenBy(group => group.Key.Item1, StringComparer.Ordinal)
                .ThenBy(group => group.Key.Item2, StringComparer.Ordinal)
                .FirstOrDefault();
            if (best is null) break;
            learned.Add(best.Key);
            texts = [.. texts.Select(text => Join(text, best.Key))];
        }
        return learned;
    }

    static IEnumerable<(string, string)> Pairs(string[] symbols) => symbols.Zip(symbols.Skip(1));

    static string[] Join(string[] symbols, (string, string) pair)
    {
        var joined = new List<string>();
        for (var i = 0; i < symbols.Length; i++)
            if (i + 1 < symbols.Length && (symbols[i], symbols[i + 1]) == pair) joined.Add(symbols[i] + symbols[++i]);
            else joined.Add(symbols[i]);
        return [.. joined];
    }

    static Dictionary<byte, char> BuildLetters()
    {
        var table = new Dictionary<byte, char>();
        var next = 256;
        for (var value = 0; value < 256; value++)
            table[(byte)value] = value is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255)
                ? (char)value : (char)next++;
        return table;
    }
}
