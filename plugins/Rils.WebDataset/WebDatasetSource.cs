using System.Globalization;
using Microsoft.Extensions.Logging;
using Rils.Sources;

namespace Rils.WebDataset;

/// <summary>Reads samples of WebDataset shards by number: shards in the order of their names, samples in the order of
/// their shard.</summary>
/// <remarks>The files of a shard with the same name before the first dot are a sample: an image (jpg, jpeg, png, webp),
/// a caption (txt, or <c>caption</c>, one or several, in a json where the txt is blank or absent), a class number
/// (cls). A sample's key is <c>shard/name</c>. The places of samples are indexed once and kept in the cache folder.
/// Links within a shard are followed; things that the source does not understand are counted.</remarks>
public sealed class WebDatasetSource : ISource
{
    /// <summary>The most characters of a class that a message shows.</summary>
    const int LongestShown = 40;

    readonly SampleText text;
    readonly SampleIndex index;
    readonly DataFile[] files;

    /// <summary>Indexes and opens the shards of the context's patterns.</summary>
    /// <exception cref="FileNotFoundException">A pattern matches no file.</exception>
    /// <exception cref="InvalidDataException">A shard is not a whole tar file, or no sample has an image.</exception>
    public WebDatasetSource(
        SourceContext context, WebDatasetOptions? options = null, ILogger<WebDatasetSource>? logger = null)
    {
        text = new(options?.Encoding ?? SampleText.Utf8);
        var shards = FilePatterns.Files(context.Patterns, "shard", ".tar",
            "kind = \"folder\" reads images in class folders; for shards name the files in it, as in photos/*.tar");
        index = SampleIndex.Open(context.CacheFolder, shards, new ShardScanner(), logger);
        files = [.. index.Parts.Select(part => new DataFile(part.State))];
        Findings = Oddity.Findings(index.Parts, SourceFindings.Of);
        if (index.Parts.Any(part => part.Usable > 0)) return;
        index.Dispose();
        var patterns = string.Join(", ", context.Patterns.Select(pattern => $"`{pattern}`"));
        throw new InvalidDataException($"no sample with an image (jpg, jpeg, png, webp) in {patterns}"
            + string.Concat(Findings.Select(finding => $"; {finding.Message}")));
    }

    /// <inheritdoc/>
    public int Count => index.Count;

    /// <inheritdoc/>
    public IReadOnlyList<SourceFinding> Findings { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Type> Components => [typeof(Captions), typeof(Label)];

    /// <summary>How many shards the constructor scanned because the cache did not have them.</summary>
    internal int Scanned => index.Scanned;

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample of this number.</exception>
    public Sample Read(int index, IReadOnlySet<Type> wanted) => Read(index, wanted, withImage: true);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample of this number.</exception>
    public Sample ReadWithoutImage(int index, IReadOnlySet<Type> wanted) => Read(index, wanted, withImage: false);

    /// <inheritdoc/>
    public IReadOnlyList<SourceShard> Shards() => [.. index.Parts.Select(part => part.Identity)];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var file in files) file.Dispose();
        index.Dispose();
    }

    Sample Read(int number, IReadOnlySet<Type> wanted, bool withImage)
    {
        var (part, place) = index.Find(number);
        var what = $"sample number {place} of `{index.Parts[part].Name}`";
        try
        {
            var bytes = new SampleBytes(files[part], what);
            var sample = Members(bytes, index.Parts[part], place, withImage);
            var key = $"{index.Parts[part].Name}/{sample.Key}";
            what = $"sample `{key}`";
            return Read(bytes, sample, key, wanted, withImage);
        }
        catch (Exception problem) when (problem is not SampleException)
        {
            throw new SampleException($"{what} cannot be read: {problem.GetType().Name}: {problem.Message}", problem);
        }
    }

    static ShardSample Members(SampleBytes bytes, IndexedPart part, int place, bool withImage)
    {
        var tar = new TarFile(bytes, part.State.Size);
        List<TarMember> members = [];
        foreach (var run in Run.Read(part, place).Select(run => run.Bytes))
        {
            if (withImage) bytes.Load(run);
            members.AddRange(tar.Of(run));
        }
        return ShardSample.Of(members);
    }

    Sample Read(SampleBytes bytes, ShardSample sample, string key, IReadOnlySet<Type> wanted, bool withImage)
    {
        if (sample[SamplePart.Image] is not { Length: > 0 } image)
        {
            var missing = sample[SamplePart.Image] is null ? "no image (jpg, jpeg, png, webp)" : "an image of 0 bytes";
            throw new SampleException($"sample `{key}` has {missing}; it has {sample.Contents}");
        }
        var read = new Sample(key, withImage ? bytes.Part(image) : default) { Contents = sample.Contents };
        if (wanted.Contains(typeof(Label))) read = WithClass(read, bytes, sample);
        return wanted.Contains(typeof(Captions)) ? WithCaptions(read, bytes, sample) : read;
    }

    Sample WithCaptions(Sample read, SampleBytes bytes, ShardSample sample)
    {
        var (captions, fault, isBlank) = Captions(bytes, sample);
        if (captions.Count > 0) read = read.With(new Captions(captions));
        if (fault is not null) read = read.WithFault<Captions>(fault);
        return !isBlank ? read : read with
        {
            Contents = captions.Count == 0
                ? sample.Contents.Replace("a .txt", "a blank .txt", StringComparison.Ordinal) : sample.Contents,
            Remarks = [captions.Count == 0 ? "its .txt is blank, so it has no caption"
                : "its .txt is blank, so the caption of its .json is taken"],
        };
    }

    Sample WithClass(Sample read, SampleBytes bytes, ShardSample sample)
    {
        var (number, fault) = Class(bytes, sample);
        if (number is { } known) read = read.With(new Label(known));
        return fault is null ? read : read.WithFault<Label>(fault);
    }

    /// <summary>The text of the .txt, or the json's captions where the .txt is absent or blank; img2dataset writes a
    /// blank one for a missing caption.</summary>
    (IReadOnlyList<string> Texts, string? Fault, bool IsBlank) Captions(SampleBytes bytes, ShardSample sample)
    {
        const string OfJson = "its .json, the only place where its caption could be,";
        var isBlank = false;
        if (sample[SamplePart.Caption] is { } file)
        {
            var (caption, fault) = text.Decode(bytes.Part(file).Span, "its caption (.txt)");
            if (fault is not null) return ([], fault, false);
            if (caption!.Length > 0) return ([caption], null, false);
            isBlank = true;
        }
        if (sample[SamplePart.Json] is not { } json) return ([], null, isBlank);
        var (content, broken) = text.Decode(bytes.Part(json).Span, OfJson);
        if (broken is not null) return ([], broken, isBlank);
        try
        {
            return (JsonCaption.Read(content!), null, isBlank);
        }
        catch (FormatException problem)
        {
            return ([], $"{OfJson} {problem.Message}", isBlank);
        }
    }

    (int? Number, string? Fault) Class(SampleBytes bytes, ShardSample sample)
    {
        if (sample[SamplePart.Class] is not { } slice) return (null, null);
        var (written, fault) = text.Decode(bytes.Part(slice).Span, "its class (.cls)");
        if (fault is not null) return (null, fault);
        return int.TryParse(written, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number, null) : (null, $"its class should be a number from 0, and is `{Short(written!)}`");
    }

    static string Short(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";
}
