using System.Text;
using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Finds the samples of a table: rows of one image that follow each other are one sample with several
/// captions. The index has the place of the rows; cells are read with the sample.</summary>
sealed class TableScanner(TableOptions options) : IPartScanner
{
    /// <summary>Class names beyond this number are a column of captions that was taken for one of classes.</summary>
    const int MostClasses = 1_000_000;

    /// <inheritdoc/>
    public string Form => $"table 2 {options}";

    /// <inheritdoc/>
    public int RecordSize => FileRecord.Size;

    /// <inheritdoc/>
    public IReadOnlySet<string> Changed(IReadOnlyList<IndexedPart> kept)
    {
        using var files = new TableFiles(kept, options);
        return ChangedImages.Of(kept, (part, record) => FileMark.Of(files.PathOf(part, record.Entry)));
    }

    /// <inheritdoc/>
    public PartScan Scan(string path)
    {
        RegularFile.Require(path);
        using var table = CsvTable.Open(path);
        var scan = new PartScan(FileState.Of(path));
        try
        {
            using var found = new Found(scan, table, TableColumns.Of(table, options), new(options, path),
                new(options.Encoding));
            return found.Scan();
        }
        catch
        {
            scan.Dispose();
            throw;
        }
    }

    /// <summary>The samples of a table so far.</summary>
    sealed class Found(
        PartScan scan, CsvTable table, TableColumns columns, TablePaths paths, SampleText text) : IDisposable
    {
        readonly ImageContent content = new();
        readonly KeyHashes keys = new();
        readonly HashSet<string> cells = new(StringComparer.Ordinal), classes = new(StringComparer.Ordinal);

        public PartScan Scan()
        {
            var (image, start, end) = ((string?)null, 0L, 0L);
            foreach (var row in table.Rows())
            {
                AddClass(row[columns.Label]);
                var cell = row[columns.Image];
                // Rows without an image belong to no image, not to one.
                if (cell != image || paths.KeyOf(cell) is null)
                {
                    if (image is not null) Add(image, start, end);
                    (image, start) = (cell, row.Place.Offset);
                }
                end = row.Place.Offset + row.Place.Length;
            }
            if (image is null) throw new InvalidDataException($"{table.Path} has no row behind the names of its "
                + "columns");
            Add(image, start, end);
            if (keys.Twice() is { } twice) throw Twice(twice);
            content.Add(FileContent.Hash(table.Path));
            content.WriteTo(scan);
            new PartHeader(ClassCells.AreNumbers(classes) ? null : [.. classes], []).WriteTo(scan);
            return scan;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            content.Dispose();
            keys.Dispose();
        }

        void Add(string image, long start, long end)
        {
            var path = paths.Of(image);
            var mark = path is null ? default : FileMark.Of(path);
            if (paths.KeyOf(image) is { } key) keys.Add(KeyHashes.Of(key));
            content.Add(default, path ?? "", mark);
            scan.Usable++;
            new FileRecord(new(start, end - start), mark).AddTo(scan, $"the sample at byte {start}");
        }

        void AddClass(string cell)
        {
            if (!cells.Add(cell)) return;
            // A class that is no text is the fault of its own sample.
            if (text.Decode(Encoding.Latin1.GetBytes(cell), "it").Text is { Length: > 0 } name) classes.Add(name);
            if (classes.Count > MostClasses)
                throw new InvalidDataException($"{table.Path}: the column `{table.Columns[columns.Label]}` has more "
                    + "than "
                    + $"{MostClasses} classes: say which column has them, as in label_column = \"...\"");
        }

        InvalidDataException Twice(ulong hash)
        {
            using var again = CsvTable.Open(table.Path);
            var last = "";
            List<CsvRow> begins = [];
            foreach (var row in again.Rows())
            {
                if (row[columns.Image] != last && paths.KeyOf(row[columns.Image]) is { } key
                    && KeyHashes.Of(key) == hash) begins.Add(row);
                last = row[columns.Image];
            }
            var (one, other) = (begins[0][columns.Image], begins[1][columns.Image]);
            var lines = $"lines {begins[0].Line} and {begins[1].Line}";
            return new($"{table.Path}: two samples have one key, " + (one == other
                ? $"the image `{one}` of {lines}. Rows of one image must follow each other: sort the table by "
                    + $"`{table.Columns[columns.Image]}`"
                : $"the images `{one}` and `{other}` of {lines}: a key is a path without its ending. Rename one of "
                    + "them, or leave it out"));
        }
    }
}
