using Rils.Contract;
using Rils.WebDataset;

namespace Rils.Tests.Plugins.WebDataset;

/// <summary>The hash by which a run's record identifies shards.</summary>
public sealed class ShardContentTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    IReadOnlyList<SourceShard> Parts(string pattern = "*.tar")
    {
        using var source = new WebDatasetSource(new([folder.File(pattern)], folder.File("cache")));
        return source.Shards();
    }

    string Write(string name, string caption, string image = "image", int size = 10) =>
        Write(name, caption, image + new string('.', size));

    string Write(string name, string caption, string image)
    {
        Shard.Write(folder.File(name), ("1.jpg", image), ("1.txt", caption), ("2.jpg", "second"));
        return folder.File(name);
    }

    [Fact]
    public void A_small_shard_is_known_by_its_bytes_wherever_and_whenever_it_was_written()
    {
        var path = Write("a.tar", "a caption");
        var before = Assert.Single(Parts());
        Assert.Equal(("a", ""), (before.Name, before.State));
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        Assert.Equal(before, Assert.Single(Parts()));
        Directory.CreateDirectory(folder.File("copy"));
        File.Copy(path, folder.File("copy/a.tar"));
        Assert.Equal(before, Assert.Single(Parts("copy/*.tar")));
        Write("a.tar", "a caption", "other");
        Assert.NotEqual(before.Content, Assert.Single(Parts()).Content);
    }

    [Fact]
    public void Which_shards_there_are_is_part_of_it_in_their_order()
    {
        foreach (var name in (string[])["b.tar", "a.tar", "c.tar"]) Write(name, name);
        Assert.Equal(["a", "b", "c"], Parts().Select(part => part.Name));
        File.Delete(folder.File("b.tar"));
        Assert.Equal(["a", "c"], Parts().Select(part => part.Name));
    }

    [Fact]
    public void Of_a_large_shard_a_caption_counts_and_a_time_is_told_apart()
    {
        const int Large = 17 << 20;
        var path = Write("a.tar", "a caption", size: Large);
        var before = Assert.Single(Parts());
        Assert.Matches(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$", before.State);
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        Assert.Equal(before with { State = "1970-01-01 00:00:00 UTC" }, Assert.Single(Parts()));
        // The cache gives the same answer.
        Assert.Equal("1970-01-01 00:00:00 UTC", Assert.Single(Parts()).State);
        Write("a.tar", "A caption", size: Large);
        Assert.NotEqual(before.Content, Assert.Single(Parts()).Content);
        Write("a.tar", "a caption", size: Large + 1);
        Assert.NotEqual(before.Content, Assert.Single(Parts()).Content);
    }
}
