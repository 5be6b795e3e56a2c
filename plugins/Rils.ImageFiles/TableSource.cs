using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Reads images that the rows of a CSV or TSV name, with captions and classes from other columns.</summary>
/// <remarks>A sample's key is the path of the image as the table has it, without its ending; where several tables are
/// named, after the table's name. Samples have the order of the rows.</remarks>
public sealed class TableSource : ISource
{
    readonly TableOptions options;
    readonly SampleIndex index;
    readonly TableFiles files;
    readonly SampleText text;
    readonly NamedClasses? classes;

    /// <summary>Indexes the tables of the context's patterns.</summary>
    /// <exception cref="FileNotFoundException">A pattern matches no file.</exception>
    /// <exception cref="InvalidDataException">A table lacks a column, names an image in two places, or the training
    /// data lacks a class of this data.</exception>
    public TableSource(SourceContext context, TableOptions? options = null, ILogger<TableSource>? logger = null)
    {
        this.options = options ??= new();
        text = new(options.Encoding);
        var tables = FilePatterns.Files(context.Patterns, "table", ".csv",
            "kind = \"folder\" reads images in class folders; for a table name the file in it, as in "
                + "photos/captions.csv");
        index = SampleIndex.Open(context.CacheFolder, tables, new TableScanner(options), logger);
        files = new(index.Parts, options);
        try
        {
            classes = Classes(context);
            Findings = classes is not null
                && ClassCells.Mixed(classes.Names, string.Join(", ", context.Patterns)) is { } mixed ? [mixed] : [];
            HasCaptions = index.Parts.Any(part => files.Columns(part).Caption >= 0);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Count => index.Count;

    /// <inheritdoc/>
    public IReadOnlyList<SourceFinding> Findings { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Type> Components =>
        [.. HasCaptions ? (Type[])[typeof(Captions)] : [],
            .. index.Parts.Any(part => files.Columns(part).Label >= 0) ? (Type[])[typeof(Label)] : []];

    /// <inheritdoc/>
    public IReadOnlyList<string>? ClassNames => classes?.Names;

    bool HasCaptions { get; }

    /// <inheritdoc/>
    public Sample Read(int index, IReadOnlySet<Type> wanted) => Read(index, wanted, withImage: true);

    /// <inheritdoc/>
    public Sample ReadWithoutImage(int index, IReadOnlySet<Type> wanted) => Read(index, wanted, withImage: false);

    /// <inheritdoc/>
    public IReadOnlyList<SourceShard> Shards() => [.. index.Parts.Select(part => part.Identity)];

    /// <inheritdoc/>
    public void Dispose()
    {
        files.Dispose();
        index.Dispose();
    }

    NamedClasses? Classes(SourceContext context)
    {
        IReadOnlyList<string>?[] named = [.. index.Parts.Select(part => PartHeader.Read(part).Classes)];
        if (named.All(names => names is null)) return null;
        if (named.Any(names => names is null) && named.Length > 1)
            throw new InvalidDataException($"of the tables {string.Join(", ", index.Parts.Select(part => part.Name))} "
                + "some "
                + "have numbers and some have names for classes: write names in all of them, or numbers");
        return new(named.SelectMany(names => names!), context.ClassNames, "class",
            string.Join(", ", context.Patterns));
    }

    Sample Read(int number, IReadOnlySet<Type> wanted, bool withImage)
    {
        var (at, place) = index.Find(number);
        var part = index.Parts[at];
        var record = FileRecord.Read(part, place);
        var what = $"sample number {place} of `{part.Name}`";
        var (rows, columns) = (files.Rows(part, record.Entry, what), files.Columns(part));
        var (name, fault) = Cell(rows[0][columns.Image], "the path of its image");
        if (string.IsNullOrEmpty(name))
            throw new SampleException($"{what}: {fault ?? "the path of its image is blank"}");
        var key = SampleKey.Of(index.Parts, at, name);
        var sample = new Sample(key, withImage ? Image(part, rows[0][columns.Image], record.Mark, key) : default)
        {
            Contents = $"the columns {string.Join(", ", Filled(rows[0], columns))}",
        };
        if (wanted.Contains(typeof(Label))) sample = WithLabel(sample, rows[0][columns.Label]);
        return wanted.Contains(typeof(Captions)) ? WithCaptions(sample, rows, columns.Caption) : sample;
    }

    byte[] Image(IndexedPart part, string cell, FileMark mark, string key)
    {
        try
        {
            var path = new TablePaths(options, part.State.Path).Of(cell);
            var (bytes, present) = ImageFile.Read(path!, part.State.Path);
            return present == mark ? bytes : throw ImageFile.Changed(path!, part.State.Path);
        }
        catch (SampleException problem)
        {
            throw new SampleException($"sample `{key}`: {problem.Message}", problem);
        }
    }

    Sample WithLabel(Sample sample, string cell)
    {
        var (name, fault) = Cell(cell, "its class");
        if (fault is not null) return sample.WithFault<Label>(fault);
        if (name!.Length == 0) return sample;
        return classes is not null ? sample.With(new Label(classes.Of(name)))
            : int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? sample.With(new Label(number))
            : sample.WithFault<Label>($"its class should be a number from 0 to {int.MaxValue}, and is `{name}`");
    }

    Sample WithCaptions(Sample sample, IReadOnlyList<CsvRow> rows, int column)
    {
        List<string> captions = [];
        foreach (var row in rows)
        {
            var (caption, fault) = Cell(row[column], "its caption");
            if (fault is not null) return sample.WithFault<Captions>(fault);
            if (caption!.Length > 0) captions.Add(caption);
        }
        return captions.Count > 0 ? sample.With(new Captions(captions)) : sample;
    }

    (string? Text, string? Fault) Cell(string cell, string what) => text.Decode(Encoding.Latin1.GetBytes(cell), what);

    static IEnumerable<string> Filled(CsvRow row, TableColumns columns)
    {
        if (row[columns.Image].Length > 0) yield return "of the image";
        if (row[columns.Caption].Length > 0) yield return "of the caption";
        if (row[columns.Label].Length > 0) yield return "of the class";
    }
}
