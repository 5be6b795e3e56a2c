using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Rils.Files;

namespace Rils.Engine.Trained;

/// <summary>A NumPy file of vectors, with a CSV file of the same name beside it that says which row is which.</summary>
/// <param name="Path">The path of the NumPy file.</param>
/// <param name="Rows">Number of vectors.</param>
/// <param name="Columns">Length of each vector.</param>
public sealed record EmbeddingFile(string Path, int Rows, int Columns)
{
    const int BufferSize = 1 << 16;

    static readonly CsvConfiguration form = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    /// <summary>The path of the CSV file.</summary>
    public string Table => TableOf(Path);

    /// <summary>Writes both files, each as a whole or not at all; the vectors stream to the disk.</summary>
    /// <param name="path">The path of the NumPy file.</param>
    /// <param name="titles">The titles of the CSV file's columns after <c>row</c>.</param>
    /// <param name="parts">The vectors, in their order.</param>
    /// <exception cref="InvalidDataException">There is no vector.</exception>
    internal static EmbeddingFile Write(string path, IReadOnlyList<string> titles, IEnumerable<NamedRows> parts)
    {
        EmbeddingFile? written = null;
        DurableFile.Write(path, matrix => DurableFile.Write(TableOf(path), table =>
        {
            using var text = new StreamWriter(table, bufferSize: BufferSize, leaveOpen: true);
            using var csv = new CsvWriter(text, form);
            Record(csv, ["row", .. titles]);
            written = Write(path, matrix, parts, (row, names) =>
                Record(csv, [row.ToString(CultureInfo.InvariantCulture), .. names]));
        }));
        return written!;
    }

    static EmbeddingFile Write(string path, Stream matrix, IEnumerable<NamedRows> parts,
        Action<int, IReadOnlyList<string>> name)
    {
        NpyRows? file = null;
        foreach (var (rows, names) in parts)
        {
            file ??= new(matrix, rows.GetLength(1));
            foreach (var (place, cells) in names.Index()) name(file.Rows + place, cells);
            file.Add(rows);
        }
        if (file is null) throw new InvalidDataException("there is nothing to embed");
        file.Finish();
        return new(path, file.Rows, file.Columns);
    }

    static void Record(CsvWriter csv, IEnumerable<string> cells)
    {
        foreach (var cell in cells) csv.WriteField(cell);
        csv.NextRecord();
    }

    static string TableOf(string path) => System.IO.Path.ChangeExtension(path, ".csv");
}
