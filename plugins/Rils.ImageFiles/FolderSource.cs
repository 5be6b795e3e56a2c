using Microsoft.Extensions.Logging;
using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>Reads the images of a folder, each of whose folders is a class; captions come from a table, or from the
/// text beside an image.</summary>
/// <remarks>A sample's key is the path of the image from the folder, without its ending; where several folders are
/// named, after the folder's name. Samples have the order of `tar --sort=name`.</remarks>
public sealed class FolderSource : ISource
{
    static readonly string[] splits = ["train", "training", "val", "valid", "validation", "test", "testing"];

    readonly SampleIndex index;
    readonly SampleText text;
    readonly NamedClasses classes;

    /// <summary>Indexes the folders of the context's patterns.</summary>
    /// <exception cref="FileNotFoundException">A pattern matches no folder.</exception>
    /// <exception cref="InvalidDataException">A folder has no image, two images have one key, or the training data
    /// lacks a class of this data.</exception>
    public FolderSource(SourceContext context, FolderOptions? options = null, ILogger<FolderSource>? logger = null)
    {
        options ??= new();
        text = new(options.Encoding);
        var folders = FilePatterns.Folders(context.Patterns,
            "kind = \"webdataset\" reads .tar shards, \"table\" a .csv or .tsv, \"parquet\" a .parquet, \"coco\" a "
                + ".json");
        index = SampleIndex.Open(context.CacheFolder, folders, new FolderScanner(options), logger);
        try
        {
            classes = new(index.Parts.SelectMany(part => PartHeader.Read(part).Classes!), context.ClassNames,
                "class folder", string.Join(", ", context.Patterns));
        }
        catch
        {
            index.Dispose();
            throw;
        }
        Findings = [.. Oddity.Findings(index.Parts, Finding), .. index.Parts.Select(Splits).OfType<SourceFinding>()];
    }

    /// <inheritdoc/>
    public int Count => index.Count;

    /// <inheritdoc/>
    public IReadOnlyList<SourceFinding> Findings { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Type> Components => [typeof(Captions), typeof(Label)];

    /// <inheritdoc/>
    public IReadOnlyList<string>? ClassNames => classes.Names.Count > 0 ? classes.Names : null;

    /// <inheritdoc/>
    public Sample Read(int index, IReadOnlySet<Type> wanted) => Read(index, wanted, withImage: true);

    /// <inheritdoc/>
    public Sample ReadWithoutImage(int index, IReadOnlySet<Type> wanted) => Read(index, wanted, withImage: false);

    /// <inheritdoc/>
    public IReadOnlyList<SourceShard> Shards() => [.. index.Parts.Select(part => part.Identity)];

    /// <inheritdoc/>
    public void Dispose() => index.Dispose();

    Sample Read(int number, IReadOnlySet<Type> wanted, bool withImage)
    {
        var (part, place) = index.Find(number);
        var record = FileRecord.Read(index.Parts[part], place);
        var entry = SampleEntry.Read(index.Parts[part], record.Entry);
        var key = SampleKey.Of(index.Parts, part, entry.File);
        var path = FolderScanner.PathOf(index.Parts[part], entry);
        var sample = new Sample(key, default) { Contents = $"the image `{entry.File}`" };
        if (withImage) sample = sample with { Image = Image(path, record.Mark, index.Parts[part], key) };
        if (wanted.Contains(typeof(Label)) && FolderScanner.ClassOf(entry.File) is { } name)
            sample = sample.With(new Label(classes.Of(name)));
        return wanted.Contains(typeof(Captions)) ? WithCaptions(sample, entry, FolderScanner.TextOf(path)) : sample;
    }

    static byte[] Image(string path, FileMark mark, IndexedPart part, string key)
    {
        try
        {
            var (bytes, present) = ImageFile.Read(path, part.State.Path);
            return present.With(FileMark.Of(FolderScanner.TextOf(path))) == mark ? bytes
                : throw ImageFile.Changed(path, part.State.Path);
        }
        catch (SampleException problem)
        {
            throw new SampleException($"sample `{key}`: {problem.Message}", problem);
        }
    }

    Sample WithCaptions(Sample sample, SampleEntry entry, string beside)
    {
        if (!entry.Captions.IsEmpty) return entry.Captions.In(sample);
        if (!Path.Exists(beside)) return sample;
        if (RegularFile.Other(beside) is { } other) return sample.WithFault<Captions>($"its caption {beside} is "
            + $"{other}");
        try
        {
            var (caption, fault) = text.Decode(File.ReadAllBytes(beside), "its caption (.txt)");
            return fault is not null ? sample.WithFault<Captions>(fault)
                : caption!.Length > 0 ? sample.With(new Captions(caption))
                : sample with { Remarks = ["its .txt is blank, so it has no caption"] };
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return sample.WithFault<Captions>($"its caption {beside} cannot be read: {problem.Message}");
        }
    }

    static SourceFinding Finding(byte kind, int count, string first) => (FolderOddity)kind switch
    {
        FolderOddity.NoImage => new($"files that are no images (jpg, jpeg, png, webp) are left out: {count}, {first}"),
        FolderOddity.NotUtf8 => new($"images whose names are not UTF-8 cannot be opened: {count}, {first}. Rename "
            + "them, as "
            + "by convmv -f latin1 -t utf8", count),
        FolderOddity.Circle => new($"folders that are links to one that is read already are left out: {count}, "
            + $"{first}"),
        _ => new($"images that rows of captions name and that are not in the folder are left out: {count}, {first}. "
            + "That is as it should be where one table serves several folders"),
    };

    /// <summary>A finding where class folders have the names of splits, as in the root of a tree like ImageNet's; null
    /// for none. A single folder <c>train</c> beside others may be a class.</summary>
    static SourceFinding? Splits(IndexedPart part)
    {
        var all = PartHeader.Read(part).Classes!;
        string[] found = [.. all.Where(name => splits.Contains(name, StringComparer.OrdinalIgnoreCase))];
        return found.Length == 0 || (found.Length == 1 && all.Count > 1) ? null
            : new($"{string.Join(", ", found.Select(name => $"`{name}`"))} in `{part.State.Path}` count as classes; "
                + $"where they are splits of the data, name one of them, as in {part.State.Path}/{found[0]}");
    }
}
