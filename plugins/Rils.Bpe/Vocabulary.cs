using System.IO.Compression;
using Rils.Contract;

namespace Rils.Bpe;

/// <summary>Tokens and merges of a byte-pair encoding: 256 bytes, the same 256 at a word's end, one token per merge,
/// start and end of text.</summary>
public sealed class Vocabulary
{
    const string Header = "#version";

    readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);

    /// <summary>Makes the vocabulary of a list of merges, the first learned first.</summary>
    /// <exception cref="InvalidDataException">A merge joins a symbol that is no byte and that no earlier merge
    /// makes.</exception>
    public Vocabulary(IReadOnlyList<Merge> merges)
    {
        Merges = merges;
        foreach (var letter in ByteAlphabet.Letters) Add(letter.ToString());
        foreach (var letter in ByteAlphabet.Letters) Add(letter + ByteAlphabet.EndOfWord);
        for (var i = 0; i < merges.Count; i++)
        {
            var unknown = new[] { merges[i].Left, merges[i].Right }.FirstOrDefault(part => !ids.ContainsKey(part));
            if (unknown is not null)
                throw new InvalidDataException(
                    $"merge {i + 1} is `{merges[i].Left} {merges[i].Right}`, but nothing before it makes `{unknown}`");
            Add(merges[i].Result);
        }
        Size += 2;
    }

    /// <summary>Number of ids, including the two special tokens.</summary>
    public int Size { get; private set; }

    /// <summary>The merges, in the order in which the tokenizer applies them.</summary>
    public IReadOnlyList<Merge> Merges { get; }

    /// <summary>The ids of all symbols. A symbol that two merges make has the later merge's id.</summary>
    public IReadOnlyDictionary<string, int> Ids => ids;

    void Add(string symbol) => ids[symbol] = Size++;

    /// <summary>Reads a merges file, plain or gzipped.</summary>
    /// <param name="path">The file.</param>
    /// <param name="limit">How many merges to read; the file must have at least so many. Null reads all.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not a merges file, or has too few merges.</exception>
    public static Vocabulary Read(string path, int? limit = null)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException(
                $"[data.tokenizer] vocabulary: there is no file `{path}`. Give a merges file: the one stored "
                + "with the data set for kind = \"bpe\", or CLIP's bpe_simple_vocab_16e6.txt.gz for kind = \"clip\".",
                path);
        RegularFile.Require(path);
        try
        {
            using var reader = new StringReader(Text(path));
            return new(Parse(reader, limit));
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException(
                $"[data.tokenizer] vocabulary: `{path}` is no usable merges file: {problem.Message}. "
                + "If it was downloaded or copied, fetch it again.", problem);
        }
    }

    /// <summary>Writes a merges file that <see cref="Read"/> can read.</summary>
    public void Write(string path)
    {
        using var file = File.Create(path);
        Write(file);
    }

    /// <summary>Writes the bytes of such a file.</summary>
    public void Write(Stream file)
    {
        using var writer = new StreamWriter(file, leaveOpen: true);
        writer.Write($"{Header}: 0.2\n");
        foreach (var merge in Merges) writer.Write($"{merge.Left} {merge.Right}\n");
    }

    static string Text(string path)
    {
        using var file = File.OpenRead(path);
        var isCompressed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        using Stream content = isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        if (StandIn.Of(bytes.ToArray()) is { } other) throw new InvalidDataException($"it is {other}");
        try
        {
            return PlainText.Decode(bytes.ToArray());
        }
        catch (FormatException problem)
        {
            throw new InvalidDataException($"it is {problem.Message}", problem);
        }
    }

    static List<Merge> Parse(StringReader reader, int? limit)
    {
        if (reader.ReadLine()?.Contains(Header, StringComparison.Ordinal) != true)
            throw new InvalidDataException($"its first line does not hold `{Header}`");
        var merges = new List<Merge>();
        while (merges.Count != limit && reader.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            var parts = line.Split(' ');
            if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
                throw new InvalidDataException(
                    $"merge {merges.Count + 1} is `{Shorten(line)}`, not two symbols with a space between them");
            merges.Add(new(parts[0], parts[1]));
        }
        if (limit is { } wanted && merges.Count < wanted)
            throw new InvalidDataException(
                $"it has {merges.Count} merges, and CLIP's has at least {wanted} "
                + "(a smaller vocabulary is for kind = \"bpe\")");
        return merges;
    }

    static string Shorten(string line) => line.Length <= 60 ? line : line[..60] + "...";
}
