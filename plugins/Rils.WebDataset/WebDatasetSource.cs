using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Rils.WebDataset;

/// <summary>Samples of WebDataset shards by number: shards ordered by name, samples as they lie in them.</summary>
/// <remarks>A sample is the files of a shard with one name before the first dot: an image (jpg, jpeg, png, webp), a caption (txt, or
/// <c>caption</c> in a json), a class number (cls). Its key is <c>shard/name</c>. Offsets are indexed once and kept in the cache folder.</remarks>
public sealed class WebDatasetSource : ISource
{
    readonly ShardFile[] shards;
    readonly int[] starts;

    /// <summary>Opens the shards of some patterns.</summary>
    /// <exception cref="FileNotFoundException">A pattern matches nothing.</exception>
    /// <exception cref="InvalidDataException">A shard is no whole tar file, or no sample has an image.</exception>
    public WebDatasetSource(SourceContext context)
    {
        var names = ShardPatterns.Expand(context.Patterns);
        var indices = Index(names, context.CacheFolder);
        shards = [.. names.Zip(indices, (name, index) => new ShardFile(name.Name, index))];
        starts = new int[shards.Length];
        for (var i = 0; i < shards.Length; i++) (starts[i], Count) = (Count, checked(Count + shards[i].Samples.Count));
        if (!shards.Any(shard => shard.Samples.Any(sample => sample.Image is not null)))
            throw new InvalidDataException($"no sample with an image (jpg, jpeg, png, webp) in {string.Join(", ", context.Patterns.Select(pattern => $"`{pattern}`"))}");
    }

    /// <inheritdoc/>
    public int Count { get; }

    /// <summary>How many shards had to be read, since no cache knew them.</summary>
    internal int Scanned { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    public Sample Read(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var (shard, sample) = Find(index);
        var key = $"{shard.Name}/{sample.Key}";
        if (sample.Image is not { Length: > 0 } image)
            throw new SampleException($"sample `{key}` has {(sample.Image is null ? "no image (jpg, jpeg, png, webp)" : "an image of 0 bytes")}; it has {sample.Parts}");
        return new(key, shard.Read(image, key), Caption(shard, sample, key), Class(shard, sample, key));
    }

    /// <inheritdoc/>
    public IReadOnlyList<SourcePart> Parts() => [.. shards.Select(shard => shard.Part)];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var shard in shards) shard.Dispose();
    }

    (ShardFile Shard, IndexedSample Sample) Find(int index)
    {
        var at = Array.BinarySearch(starts, index);
        if (at < 0) at = ~at - 1;
        // Shards without samples share their start with the next one.
        while (index - starts[at] >= shards[at].Samples.Count) at++;
        return (shards[at], shards[at].Samples[index - starts[at]]);
    }

    static string? Caption(ShardFile shard, IndexedSample sample, string key)
    {
        if (sample.Caption is { } text) return Text(shard.Read(text, key));
        if (sample.Json is not { } json) return null;
        try
        {
            using var document = JsonDocument.Parse(shard.Read(json, key));
            var root = document.RootElement;
            var isThere = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("caption", out var caption) && caption.ValueKind == JsonValueKind.String;
            return isThere ? root.GetProperty("caption").GetString()!.Trim() : null;
        }
        catch (JsonException problem)
        {
            throw new SampleException($"sample `{key}`: its json, the only place where its caption could be, is broken: {problem.Message}", problem);
        }
    }

    static int? Class(ShardFile shard, IndexedSample sample, string key)
    {
        if (sample.Class is not { } slice) return null;
        var text = Text(shard.Read(slice, key));
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : throw new SampleException($"sample `{key}`: its class should be a number from 0, and is `{text}`");
    }

    static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Trim();

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
                if (known.TryGetValue(names[i].Path, out var kept) && kept.State == ShardState.Of(names[i].Path)) indices[i] = kept;
                else (indices[i], _) = (ShardContent.Of(ShardScanner.Scan(names[i].Path)), Interlocked.Increment(ref scanned));
            }
            catch (Exception problem) when (problem is IOException or InvalidDataException or UnauthorizedAccessException)
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
