using System.Globalization;

namespace Rils.WebDataset;

/// <summary>Reads samples of WebDataset shards by number: shards in the order of their names, samples in the order of
/// their shard.</summary>
/// <remarks>The files of a shard with the same name before the first dot are a sample: an image (jpg, jpeg, png, webp),
/// a caption (txt, or <c>caption</c> in a json where the txt is blank or absent), a class number (cls). A sample's key
/// is <c>shard/name</c>. Offsets are indexed once and kept in the cache folder. Links within a shard are followed;
/// things that the source does not understand are counted.</remarks>
public sealed class WebDatasetSource : ISource
{
    /// <summary>The most characters of a class that a message shows.</summary>
    const int LongestShown = 40;

    readonly bool isLatin1;
    readonly ShardFile[] shards;
    readonly int[] starts;

    /// <summary>Indexes and opens the shards of the context's patterns.</summary>
    /// <exception cref="FileNotFoundException">A pattern matches no file.</exception>
    /// <exception cref="InvalidDataException">A shard is not a whole tar file, or no sample has an image.</exception>
    public WebDatasetSource(SourceContext context, WebDatasetOptions? options = null)
    {
        isLatin1 = options?.Encoding == "latin-1";
        var names = ShardPatterns.Expand(context.Patterns);
        var indices = Index(names, context.CacheFolder);
        shards = [.. names.Zip(indices, (name, index) => new ShardFile(name.Name, index))];
        starts = new int[shards.Length];
        for (var i = 0; i < shards.Length; i++)
            (starts[i], Count) = (Count, checked(Count + shards[i].Samples.Count));
        Findings = Oddity.Findings(shards.Select(shard => (shard.Name, shard.Oddities)));
        if (!shards.Any(shard => shard.Samples.Any(sample => sample.Image is not null)))
        {
            var patterns = string.Join(", ", context.Patterns.Select(pattern => $"`{pattern}`"));
            throw new InvalidDataException($"no sample with an image (jpg, jpeg, png, webp) in {patterns}" +
                string.Concat(Findings.Select(finding => $"; {finding.Message}")));
        }
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public IReadOnlyList<SourceFinding> Findings { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Type> Components => [typeof(Captions), typeof(Label)];

    /// <summary>How many shards the constructor scanned because the cache did not have them.</summary>
    internal int Scanned { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample of this number.</exception>
    public Sample Read(int index, IReadOnlySet<Type> wanted) => Read(index, wanted, withImage: true);

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">There is no sample of this number.</exception>
    public Sample ReadWithoutImage(int index, IReadOnlySet<Type> wanted) => Read(index, wanted, withImage: false);

    Sample Read(int index, IReadOnlySet<Type> wanted, bool withImage)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var (shard, sample) = Find(index);
        var key = $"{shard.Name}/{sample.Key}";
        try
        {
            return Read(shard, sample, key, wanted, withImage);
        }
        catch (Exception problem) when (problem is not SampleException)
        {
            throw new SampleException($"sample `{key}` cannot be read: {problem.GetType().Name}: {problem.Message}",
                problem);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SourceShard> Shards() => [.. shards.Select(shard => shard.Part)];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var shard in shards) shard.Dispose();
    }

    (ShardFile Shard, IndexedSample Sample) Find(int index)
    {
        var at = Array.BinarySearch(starts, index);
        if (at < 0) at = ~at - 1;
        // A shard without samples has the start of the next one.
        while (index - starts[at] >= shards[at].Samples.Count) at++;
        return (shards[at], shards[at].Samples[index - starts[at]]);
    }

    Sample Read(ShardFile shard, IndexedSample sample, string key, IReadOnlySet<Type> wanted, bool withImage)
    {
        if (sample.Image is not { Length: > 0 } image)
        {
            var missing = sample.Image is null ? "no image (jpg, jpeg, png, webp)" : "an image of 0 bytes";
            throw new SampleException($"sample `{key}` has {missing}; it has {sample.Parts}");
        }
        var read = new Sample(key, withImage ? shard.Read(image, key) : default) { Contents = sample.Parts };
        if (wanted.Contains(typeof(Label))) read = WithClass(read, shard, sample);
        return wanted.Contains(typeof(Captions)) ? WithCaption(read, shard, sample) : read;
    }

    Sample WithCaption(Sample read, ShardFile shard, IndexedSample sample)
    {
        var (caption, fault, isBlank) = Caption(shard, sample, read.Key);
        if (caption is not null) read = read.With(new Captions(caption));
        if (fault is not null) read = read.WithFault<Captions>(fault);
        return !isBlank ? read : read with
        {
            Contents = caption is null
                ? sample.Parts.Replace("a .txt", "a blank .txt", StringComparison.Ordinal) : sample.Parts,
            Remarks = [caption is null ? "its .txt is blank, so it has no caption"
                : "its .txt is blank, so the caption of its .json is taken"],
        };
    }

    Sample WithClass(Sample read, ShardFile shard, IndexedSample sample)
    {
        var (number, fault) = Class(shard, sample, read.Key);
        if (number is { } known) read = read.With(new Label(known));
        return fault is null ? read : read.WithFault<Label>(fault);
    }

    /// <summary>The text of the .txt, or the json's caption where the .txt is absent or blank; img2dataset writes a
    /// blank one for a missing caption.</summary>
    (string? Text, string? Fault, bool IsBlank) Caption(ShardFile shard, IndexedSample sample, string key)
    {
        var isBlank = false;
        if (sample.Caption is { } file)
        {
            var (text, fault) = Text(shard.Read(file, key), "its caption (.txt)");
            if (fault is not null || text!.Length > 0) return (text, fault, false);
            isBlank = true;
        }
        if (sample.Json is not { } json) return (null, null, isBlank);
        var (content, broken) = Text(shard.Read(json, key), "its .json, the only place where its caption could be,");
        try
        {
            return (broken is null && JsonCaption.Read(content!)?.Trim() is { Length: > 0 } caption ? caption : null,
                broken, isBlank);
        }
        catch (FormatException problem)
        {
            return (null, $"its .json, the only place where its caption could be, {problem.Message}", isBlank);
        }
    }

    (int? Number, string? Fault) Class(ShardFile shard, IndexedSample sample, string key)
    {
        if (sample.Class is not { } slice) return (null, null);
        var (text, fault) = Text(shard.Read(slice, key), "its class (.cls)");
        if (fault is not null) return (null, fault);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number, null) : (null, $"its class should be a number from 0, and is `{Short(text!)}`");
    }

    static string Short(string text) => text.Length <= LongestShown ? text : text[..LongestShown] + "…";

    (string? Text, string? Fault) Text(byte[] bytes, string what)
    {
        try
        {
            return (PlainText.Decode(bytes, isLatin1).Trim(), null);
        }
        catch (FormatException problem)
        {
            return (null,
                $"{what} is {problem.Message}. Save it as UTF-8"
                    + (isLatin1 ? "" : ", or say encoding = \"latin-1\" in [data] where all are"));
        }
    }

    ShardIndex[] Index(IReadOnlyList<(string Name, string Path)> names, string cacheFolder)
    {
        var cache = new IndexCache(cacheFolder, names.Select(shard => shard.Path));
        var known = ShardContent.Trusted(cache.Read());
        var indices = new ShardIndex[names.Count];
        var problems = new Exception?[names.Count];
        var scanned = 0;
        Parallel.For(0, names.Count, i =>
        {
            try
            {
                if (known.TryGetValue(names[i].Path, out var kept) && kept.State == ShardState.Of(names[i].Path))
                    indices[i] = kept;
                else (indices[i], _) = (ShardContent.Of(ShardScanner.Scan(names[i].Path)),
                    Interlocked.Increment(ref scanned));
            }
            catch (Exception problem) when (problem
                is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                problems[i] = problem;
            }
        });
        Refuse([.. problems.OfType<Exception>()]);
        Scanned = scanned;
        if (scanned > 0) cache.Write(indices);
        return indices;
    }

    static void Refuse(Exception[] problems)
    {
        if (problems.Length == 0) return;
        var others = problems.Length > 1 ? $" (and {problems.Length - 1} more shards cannot be read)" : "";
        throw new InvalidDataException(problems[0].Message + others, problems[0]);
    }
}
