using System.Globalization;
using Microsoft.Extensions.Logging;
using Rils.Sources;

namespace Rils.Parquet;

/// <summary>Reads the rows of Parquet files.</summary>
/// <remarks>A sample's key is <c>file/row</c>. A row group is decoded as a whole and kept for a while, so that data
/// beyond the cache is read fast only in long runs: <c>shuffle = { block = ..., window = ... }</c>.</remarks>
public sealed class ParquetSource : ISource
{
    readonly ParquetOptions options;
    readonly SampleIndex index;
    readonly PartFacts[] facts;
    readonly GroupReader[] readers;
    readonly ParquetColumns[] columns;
    readonly GroupCache cache = new();
    readonly NamedClasses? numbers;

    /// <summary>Indexes the files of the context's patterns.</summary>
    /// <exception cref="FileNotFoundException">A pattern matches no file.</exception>
    /// <exception cref="InvalidDataException">A file is no Parquet, lacks a column, or has a class that the training
    /// data lacks.</exception>
    public ParquetSource(SourceContext context, ParquetOptions? options = null, ILogger<ParquetSource>? logger = null)
    {
        this.options = options ??= new();
        var files = FilePatterns.Files(context.Patterns, "Parquet file", ".parquet",
            "name the files in it, as in data/train-*.parquet; kind = \"folder\" reads images in class folders");
        index = SampleIndex.Open(context.CacheFolder, files, new ParquetScanner(options), logger);
        facts = [.. index.Parts.Select(PartFacts.Read)];
        readers = [.. index.Parts.Select(part => new GroupReader(part.State, this.options))];
        try
        {
            columns = [.. index.Parts.Select(part => ColumnsOf(part.State.Path))];
            numbers = Numbers(context);
            Findings = numbers is not null && facts.Any(part => !part.AreNumbers)
                && ClassCells.Mixed(numbers.Names, string.Join(", ", context.Patterns)) is { } mixed ? [mixed] : [];
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
    public IReadOnlyList<string>? ClassNames => numbers?.Names;

    /// <inheritdoc/>
    public IReadOnlyList<Type> Components =>
        [.. columns.Any(one => one.Caption is not null) ? (Type[])[typeof(Captions)] : [],
            .. columns.Any(one => one.Label is not null) ? (Type[])[typeof(Label)] : []];

    /// <inheritdoc/>
    public Sample Read(int index, IReadOnlySet<Type> wanted) => Read(index, wanted, withImage: true);

    /// <inheritdoc/>
    public Sample ReadWithoutImage(int index, IReadOnlySet<Type> wanted) => Read(index, wanted, withImage: false);

    /// <inheritdoc/>
    public IReadOnlyList<SourceShard> Shards() => [.. index.Parts.Select(part => part.Identity)];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var reader in readers) reader.Dispose();
        index.Dispose();
    }

    ParquetColumns ColumnsOf(string path)
    {
        var reader = GroupReader.Open(path);
        try
        {
            return ParquetColumns.Of(reader, options, path);
        }
        finally
        {
            reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    NamedClasses? Numbers(SourceContext context)
    {
        var named = facts.Where(part => part.Classes is not null).ToArray();
        if (named.Length == 0) return null;
        var labelled = index.Parts.Index().Where(part => columns[part.Index].Label is not null).ToArray();
        if (labelled.Length > named.Length)
            throw new InvalidDataException($"some of {string.Join(", ", labelled.Select(part => part.Item.Name))} "
                + "name their classes, and some have numbers alone: name the classes in all of them, or in none");
        var first = named[0].Classes!;
        IReadOnlyList<string> own = named.All(part => part.Classes!.SequenceEqual(first)) ? first
            : [.. named.SelectMany(part => part.Classes!).Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)];
        return new(own, context.ClassNames ?? own, "class", string.Join(", ", context.Patterns));
    }

    Sample Read(int number, IReadOnlySet<Type> wanted, bool withImage)
    {
        var (part, place) = index.Find(number);
        Span<byte> record = stackalloc byte[sizeof(int)];
        index.Parts[part].Read(place, record);
        var group = BitConverter.ToInt32(record);
        var key = $"{index.Parts[part].Name}/{place}";
        var rows = Rows(key, (part, group, withImage));
        var row = place - facts[part].Starts[group];
        var sample = new Sample(key, default)
        {
            Contents = $"row {place} of {index.Parts[part].Name}",
        };
        if (withImage) sample = sample with { Image = Image(sample.Key, part, rows, row) };
        if (wanted.Contains(typeof(Label)) && rows.Labels[row] is { } label)
            sample = label.Fault is { } fault ? sample.WithFault<Label>(fault) : WithLabel(sample, part, label.Text!);
        return wanted.Contains(typeof(Captions)) ? WithCaptions(sample, rows.Captions[row]) : sample;
    }

    RowGroup Rows(string key, (int Part, int Group, bool WithImage) asked)
    {
        try
        {
            return cache.Get(asked, () => readers[asked.Part].Read(asked.Group, asked.WithImage));
        }
        catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new SampleException($"sample `{key}`: {problem.Message}", problem);
        }
    }

    static Sample WithCaptions(Sample sample, IReadOnlyList<Cell> cells)
    {
        if (cells.Select(cell => cell.Fault).FirstOrDefault(fault => fault is not null) is { } broken)
            return sample.WithFault<Captions>(broken);
        string[] captions = [.. cells.Select(cell => cell.Text!).Where(text => text.Length > 0)];
        return captions.Length > 0 ? sample.With(new Captions(captions)) : sample;
    }

    byte[] Image(string key, int part, RowGroup rows, int row)
    {
        var state = index.Parts[part].State;
        if (rows.Paths is null)
            return rows.Images![row] is { Length: > 0 } image ? image
                : throw new SampleException(
                    $"sample `{key}` has {(rows.Images[row] is null ? "no image" : "an image of 0 bytes")}");
        if (rows.Paths[row] is { Fault: { } fault }) throw new SampleException($"sample `{key}`: {fault}");
        if (rows.Paths[row]?.Text is not { Length: > 0 } path)
            throw new SampleException($"sample `{key}` has no path of an image");
        try
        {
            var folder = options.Images ?? Path.GetDirectoryName(state.Path)!;
            return ImageFile.Read(Path.GetFullPath(path, folder), state.Path).Bytes;
        }
        catch (SampleException problem)
        {
            throw new SampleException($"sample `{key}`: {problem.Message}", problem);
        }
    }

    /// <summary>A name is numbered by the names of all files; a number with names by its name, else by
    /// itself.</summary>
    Sample WithLabel(Sample sample, int part, string label)
    {
        if (label.Length == 0) return sample;
        if (!facts[part].AreNumbers) return sample.With(new Label(numbers!.Of(label)));
        if (!int.TryParse(label, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            // Hugging Face writes -1 for an unknown class.
            return label == "-1" ? sample
                : sample.WithFault<Label>($"its class should be a number from 0 to {int.MaxValue}, and is `{label}`");
        if (facts[part].Classes is not { } names) return sample.With(new Label(number));
        return number < names.Count ? sample.With(new Label(numbers!.Of(names[number])))
            : sample.WithFault<Label>($"its class is {number}, and the file names {names.Count} classes");
    }
}
