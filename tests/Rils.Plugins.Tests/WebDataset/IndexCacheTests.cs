using CsCheck;
using Rils.Contract;
using Rils.WebDataset;

namespace Rils.Tests.Plugins.WebDataset;

public sealed class IndexCacheTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public IndexCacheTests()
    {
        for (var shard = 0; shard < 3; shard++)
            Shard.Write(folder.File($"{shard}.tar"), Enumerable.Range(0, 9).SelectMany(i => ((string, string)[])[
                ($"{i}.jpg", $"{shard}{i}"), ($"{i}.{(i % 2 == 0 ? "txt" : "json")}", """{"caption": "c"}""")]));
    }

    public void Dispose() => folder.Dispose();

    (string[] Samples, int Scanned) Open()
    {
        using var source = new WebDatasetSource(new([folder.File("*.tar")], folder.File("cache")));
        return ([.. Enumerable.Range(0, source.Count).Select(i => source.Read(i)).Select(sample =>
            $"{sample.Key} {sample.Image.Length} {sample.Image.Span[0]} {sample.Caption}")], source.Scanned);
    }

    string CacheFile => Assert.Single(Directory.GetFiles(folder.File("cache")));

    [Fact]
    public void An_index_from_the_cache_is_the_index_without_it()
    {
        var first = Open();
        var second = Open();
        Assert.Equal(first.Samples, second.Samples);
        Assert.Equal((3, 0), (first.Scanned, second.Scanned));
    }

    [Fact]
    public void Only_changed_shards_are_read_again()
    {
        Open();
        Shard.Write(folder.File("1.tar"), ("new.jpg", "n"), ("new.txt", "n"));
        var (samples, scanned) = Open();
        Assert.Equal(1, scanned);
        Assert.Equal(19, samples.Length);
        Assert.Contains("1/new 1 110 n", samples);

        File.SetLastWriteTimeUtc(folder.File("2.tar"), DateTime.UnixEpoch);
        Assert.Equal(1, Open().Scanned);
        Assert.Equal(0, Open().Scanned);
    }

    [Fact]
    public void Hundreds_of_shards_are_indexed_once()
    {
        const int count = 300;
        string[] paths = [.. Enumerable.Range(0, count).Select(shard => folder.File($"many-{shard:d3}.tar"))];
        foreach (var path in paths)
            Shard.Write(path, ("1.jpg", "i"), ("1.txt", Path.GetFileName(path)), ("2.jpg", "j"));
        using (var first = Many()) Assert.Equal((count, 2 * count), (first.Scanned, first.Count));
        using var second = Many();
        Assert.Equal((0, 2 * count), (second.Scanned, second.Count));
        Assert.Equal("many-299/1", second.Read(2 * count - 2).Key);
        Assert.Equal("many-299.tar", second.Read(2 * count - 2).Caption);

        WebDatasetSource Many() => new(new([folder.File("many-*.tar")], folder.File("cache")));
    }

    /// <summary>Extraction from an archive, or a copy that keeps times, leaves such a shard.</summary>
    [Fact]
    public void A_small_shard_of_the_size_and_time_of_another_is_read_again()
    {
        var before = Open().Samples;
        var path = folder.File("1.tar");
        var written = File.GetLastWriteTimeUtc(path);
        File.WriteAllBytes(path, File.ReadAllBytes(folder.File("2.tar")));
        File.SetLastWriteTimeUtc(path, written);
        var (after, scanned) = Open();
        Assert.Equal(1, scanned);
        Assert.NotEqual(before, after);
    }

    /// <summary>The second source could not index the shard, whose end mark is spoilt. For a large shard the cache
    /// compares size and time only.</summary>
    [Fact]
    public void A_large_shard_is_indexed_once()
    {
        var path = folder.File("large.tar");
        Shard.Write(path, ("1.jpg", new string('i', 17 << 20)), ("1.txt", "caption"));
        using (var first = Large()) Assert.Equal(1, first.Scanned);
        var written = File.GetLastWriteTimeUtc(path);
        using (var file = File.OpenWrite(path))
        {
            file.Seek(-300, SeekOrigin.End);
            file.Write(Enumerable.Repeat((byte)1, 300).ToArray());
        }
        File.SetLastWriteTimeUtc(path, written);
        using var second = Large();
        Assert.Equal((0, "caption"), (second.Scanned, second.Read(0).Caption));

        WebDatasetSource Large() => new(new([path], folder.File("cache")));
    }

    [Fact]
    public void A_corrupt_cache_is_made_again()
    {
        var expected = Open().Samples;
        var good = File.ReadAllBytes(CacheFile);
        for (var at = 0; at < good.Length; at += 37)
        {
            var bad = good.ToArray();
            bad[at] ^= 0x10;
            Check(bad);
            Check(good[..at]);
        }

        void Check(byte[] bytes)
        {
            File.WriteAllBytes(CacheFile, bytes);
            var (samples, scanned) = Open();
            Assert.Equal(expected, samples);
            Assert.Equal(3, scanned);
            Assert.Equal(good, File.ReadAllBytes(CacheFile));
        }
    }

    [Fact]
    public void A_cache_folder_that_cannot_be_made_is_done_without()
    {
        File.WriteAllText(folder.File("cache"), "a file where the folder would be");
        Assert.Equal(27, Open().Samples.Length);
    }
}
