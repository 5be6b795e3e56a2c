using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace Rils.ImageFiles;

/// <summary>A table of comma-, semicolon- or tab-separated values with names of columns in its first row. Rows have
/// places, so that any can be read again.</summary>
/// <remarks>The bytes are parsed as Latin-1, a character each: the signs of the form are ASCII in UTF-8 too, so that
/// places are bytes. A cell is decoded where it is used.</remarks>
sealed class CsvTable : IDisposable
{
    /// <summary>A quote that is not closed takes in the rest of the file; no real row is so long.</summary>
    const int MostLines = 1000;

    /// <summary>As many bytes tell what lies in place of a table.</summary>
    const int FirstBytes = 512;

    static readonly ConcurrentDictionary<char, CsvConfiguration> forms = new();

    readonly StreamReader reader;
    readonly CsvParser parser;
    readonly long start;

    CsvTable(string path, FileStream file)
    {
        Path = path;
        start = SkipMark(file, path);
        Delimiter = DelimiterOf(path, file);
        file.Position = start;
        reader = new(file, Encoding.Latin1, detectEncodingFromByteOrderMarks: false);
        parser = new(reader, Form(Delimiter));
        if (!parser.Read()) throw new InvalidDataException($"{path} is empty: its first row must name the columns");
        Columns = [.. parser.Record!.Select(name => name.Trim())];
    }

    /// <summary>The absolute path of the table.</summary>
    public string Path { get; }

    /// <summary>The sign between two cells.</summary>
    public char Delimiter { get; }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The names of the columns, for messages: <c>`image`, `caption`</c>.</summary>
    public string Names => string.Join(", ", Columns.Select(name => $"`{name}`"));

    /// <summary>Opens a table, and reads its first row.</summary>
    /// <exception cref="InvalidDataException">The file is empty or no such table.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CsvTable Open(string path)
    {
        var file = File.OpenRead(path);
        try
        {
            return new(path, file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>All rows behind the first, in their order; blank lines are passed over.</summary>
    public IEnumerable<CsvRow> Rows()
    {
        while (true)
        {
            var (at, line) = (parser.CharCount, parser.RawRow);
            if (!parser.Read()) yield break;
            if (parser.RawRow - line > MostLines)
                throw new InvalidDataException($"{Path}: a quote in line {line + 1} is not closed within {MostLines} "
                    + "lines");
            yield return new(new(start + at, parser.CharCount - at), line + 1, parser.Record!);
        }
    }

    /// <summary>Parses rows that were read before.</summary>
    public static IReadOnlyList<string[]> Parse(byte[] rows, char delimiter)
    {
        using var parser = new CsvParser(new StringReader(Encoding.Latin1.GetString(rows)), Form(delimiter));
        List<string[]> parsed = [];
        while (parser.Read()) parsed.Add(parser.Record!);
        return parsed;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        parser.Dispose();
        reader.Dispose();
    }

    /// <summary>The form of a table; a new one costs more than a row does.</summary>
    static CsvConfiguration Form(char delimiter) => forms.GetOrAdd(delimiter, sign =>
        new(CultureInfo.InvariantCulture)
        {
            Delimiter = sign.ToString(), BadDataFound = null, DetectColumnCountChanges = false,
        });

    /// <summary>The place behind a byte-order mark.</summary>
    static long SkipMark(FileStream file, string path)
    {
        var first = new byte[FirstBytes];
        var count = file.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        if (StandIn.Of(first.AsSpan(0, count)) is { } other) throw new InvalidDataException($"{path} is {other}");
        return first switch
        {
            [(byte)'{' or (byte)'[', ..] => throw new InvalidDataException(
                $"{path} is JSON, and no table: kind = \"coco\" reads COCO's annotations; write other JSON as a .csv"),
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => throw new InvalidDataException(
                $"{path} is UTF-16: save it as UTF-8, as by iconv -f utf-16 -t utf-8"),
            [0xEF, 0xBB, 0xBF, ..] => 3,
            _ => 0,
        };
    }

    /// <summary>A tab in a .tsv; else the sign of which the first line has most.</summary>
    static char DelimiterOf(string path, FileStream file)
    {
        if (System.IO.Path.GetExtension(path).ToLowerInvariant() is ".tsv" or ".tab") return '\t';
        file.Position = 0;
        using var reader = new StreamReader(file, Encoding.Latin1, false, bufferSize: -1, leaveOpen: true);
        var first = reader.ReadLine() ?? "";
        return ((char[])[',', ';', '\t']).MaxBy(sign => first.Count(letter => letter == sign));
    }
}
