using System.Security.Cryptography;
using System.Text.Json;
using Parquet;
using Rils.Sources;

namespace Rils.Parquet;

/// <summary>Finds the samples of a Parquet file: its rows.</summary>
sealed class ParquetScanner(ParquetOptions options) : IPartScanner
{
    /// <summary>The bytes at a file's end whose hash stands for a large file: the end of the footer, with the places,
    /// sizes and statistics of all columns.</summary>
    const int FooterBytes = 4 << 20;

    /// <inheritdoc/>
    public string Form => $"parquet 2 {options}";

    /// <inheritdoc/>
    public int RecordSize => sizeof(int);

    /// <inheritdoc/>
    public PartScan Scan(string path)
    {
        var state = FileState.Of(path);
        var reader = GroupReader.Open(path);
        try
        {
            var scan = Found(reader, ParquetColumns.Of(reader, options, path), state);
            return scan.Usable > 0 ? scan : throw new InvalidDataException($"{path} has no row");
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    static PartScan Found(ParquetReader reader, ParquetColumns columns, FileState state)
    {
        var scan = new PartScan(state) { IsWhole = FileContent.IsWhole(state) };
        try
        {
            Scan(scan, reader, columns);
            return scan;
        }
        catch (Exception damage)
        {
            scan.Dispose();
            throw GroupReader.Damaged(state.Path, damage);
        }
    }

    static void Scan(PartScan scan, ParquetReader reader, ParquetColumns columns)
    {
        List<int> starts = [];
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            starts.Add(scan.Usable);
            var rows = checked((int)reader.OpenRowGroupReader(group).RowCount);
            for (var row = 0; row < rows; row++) scan.Add(BitConverter.GetBytes(group));
            scan.Usable += rows;
        }
        scan.Content = scan.IsWhole ? FileContent.Hash(scan.State.Path) : Footer(scan.State);
        var written = columns.HasTextLabels ? Names(reader, columns) : [];
        var areNumbers = ClassCells.AreNumbers(written);
        var names = !areNumbers ? written : columns.Label is null || columns.HasTextLabels ? null
            : HuggingFaceNames(reader, columns);
        new PartFacts(starts, names, areNumbers).WriteTo(scan);
    }

    static string[] Names(ParquetReader reader, ParquetColumns columns) =>
        [.. Enumerable.Range(0, reader.RowGroupCount)
            .SelectMany(group => GroupReader.Labels(reader, columns.Label, group)).OfType<Cell>()
            .Select(cell => cell.Text).OfType<string>().Where(name => name.Length > 0)
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The names that Hugging Face's `datasets` writes for a column of class numbers; null where there are
    /// none.</summary>
    static string[]? HuggingFaceNames(ParquetReader reader, ParquetColumns columns)
    {
        if (!reader.CustomMetadata.TryGetValue("huggingface", out var json)) return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return [.. document.RootElement.GetProperty("info").GetProperty("features")
                .GetProperty(columns.Label!.Name).GetProperty("names").EnumerateArray()
                .Select(name => name.GetString()!)];
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    static string Footer(FileState state)
    {
        using var file = File.OpenRead(state.Path);
        file.Position = Math.Max(0, state.Size - FooterBytes);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
