using Microsoft.Extensions.Logging;
using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Reads the images of COCO's annotations, with captions or with boxes.</summary>
/// <remarks>A sample's key is the image's `file_name` without its ending; where several files are named, after the
/// file's name. Samples have the order of `images`. Masks are not read.</remarks>
public sealed class CocoSource : ISource
{
    readonly SampleIndex index;
    readonly IReadOnlyList<(string Folder, IReadOnlyList<string> Classes)> parts;
    readonly NamedClasses classes;

    /// <summary>Indexes the files of the context's patterns.</summary>
    /// <exception cref="FileNotFoundException">A pattern matches no file.</exception>
    /// <exception cref="InvalidDataException">A file has no such annotations, its images are not found, or the training
    /// data lacks a class of this data.</exception>
    public CocoSource(SourceContext context, CocoOptions? options = null, ILogger<CocoSource>? logger = null)
    {
        var files = FilePatterns.Files(context.Patterns, "file of annotations", ".json",
            "name the file of annotations in it, as in coco/annotations/captions_train2017.json");
        index = SampleIndex.Open(context.CacheFolder, files, new CocoScanner(options ?? new()), logger);
        try
        {
            PartHeader[] headers = [.. index.Parts.Select(PartHeader.Read)];
            parts = [.. headers.Select(header => (header.Watched[0].Path, header.Classes!))];
            classes = Classes(headers, context);
        }
        catch
        {
            index.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Count => index.Count;

    /// <inheritdoc/>
    public IReadOnlyList<Type> Components => HasBoxes ? [typeof(Captions), typeof(Boxes)] : [typeof(Captions)];

    /// <inheritdoc/>
    public IReadOnlyList<string>? ClassNames => classes.Names.Count > 0 ? classes.Names : null;

    /// <summary>A file of captions has no categories.</summary>
    bool HasBoxes => classes.Names.Count > 0;

    /// <inheritdoc/>
    public Sample Read(int index, IReadOnlySet<Type> wanted) => Read(index, wanted, withImage: true);

    /// <inheritdoc/>
    public Sample ReadWithoutImage(int index, IReadOnlySet<Type> wanted) => Read(index, wanted, withImage: false);

    /// <inheritdoc/>
    public IReadOnlyList<SourceShard> Shards() => [.. index.Parts.Select(part => part.Identity)];

    /// <inheritdoc/>
    public void Dispose() => index.Dispose();

    /// <summary>COCO numbers its classes by their ids, not by their names: a single list of training data keeps its
    /// order.</summary>
    static NamedClasses Classes(PartHeader[] headers, SourceContext context)
    {
        var first = headers[0].Classes!;
        var isOne = headers.All(header => header.Classes!.SequenceEqual(first));
        return new(headers.SelectMany(header => header.Classes!), context.ClassNames ?? (isOne ? first : null),
            "category", string.Join(", ", context.Patterns));
    }

    Sample Read(int number, IReadOnlySet<Type> wanted, bool withImage)
    {
        var (part, place) = index.Find(number);
        var record = FileRecord.Read(index.Parts[part], place);
        var entry = SampleEntry.Read(index.Parts[part], record.Entry);
        var key = SampleKey.Of(index.Parts, part, entry.File);
        var sample = new Sample(key, withImage ? Image(part, entry, record.Mark, key) : default)
        {
            Contents = $"{entry.Captions.Texts.Count} captions and {entry.Objects?.Count ?? 0} boxes",
        };
        if (wanted.Contains(typeof(Captions))) sample = entry.Captions.In(sample);
        return wanted.Contains(typeof(Boxes)) && entry.Objects is { } objects
            ? sample.With(new Boxes([.. objects.Select(one => one with { Label = Number(part, one.Label) })])) : sample;
    }

    int Number(int part, int place) => classes.Of(parts[part].Classes[place]);

    byte[] Image(int part, SampleEntry entry, FileMark mark, string key)
    {
        var annotations = index.Parts[part].State.Path;
        try
        {
            var path = Path.Combine(parts[part].Folder, entry.File);
            var (bytes, present) = ImageFile.Read(path, annotations);
            return present == mark ? bytes : throw ImageFile.Changed(path, annotations);
        }
        catch (SampleException problem)
        {
            throw new SampleException($"sample `{key}`: {problem.Message}", problem);
        }
    }
}
