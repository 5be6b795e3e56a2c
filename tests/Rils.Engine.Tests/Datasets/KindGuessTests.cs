using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Datasets;
using Rils.Engine.Plugins;
using Rils.Tests.Plugins;

namespace Rils.Tests.Engine.Datasets;

/// <summary>The kind of data follows from its path where that is clear.</summary>
public sealed class KindGuessTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly PluginRegistry registry = PluginRegistry.Of(
        ("Rils.WebDataset", new WebDataset.WebDatasetPlugin()), ("Rils.ImageFiles", new ImageFiles.ImageFilesPlugin()));

    public void Dispose()
    {
        registry.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("webdataset", "a-*.tar")]
    [InlineData("webdataset", "a.TAR", "b.tar")]
    [InlineData("table", "a.csv", "b.tsv")]
    [InlineData("coco", "captions.json")]
    public void Files_are_known_by_their_extension(string kind, params string[] paths)
    {
        var guess = KindGuess.Of(paths, registry);
        Assert.Equal(kind, guess.Kind);
        Assert.Equal(paths, guess.Paths);
    }

    [Fact]
    public void A_folder_holds_shards_or_images()
    {
        Directory.CreateDirectory(folder.File("photos/cat"));
        File.WriteAllText(folder.File("photos/things.tar"), "");
        Assert.Equal("folder", KindGuess.Of([folder.File("photos")], registry).Kind);
        Directory.CreateDirectory(folder.File("shards"));
        Assert.Equal("folder", KindGuess.Of([folder.File("shards")], registry).Kind);
        File.WriteAllText(folder.File("shards/train-0.tar"), "");
        File.WriteAllText(folder.File("shards/pack.json"), "");
        var guess = KindGuess.Of([folder.File("shards")], registry);
        Assert.Equal(("webdataset", folder.File("shards/*.tar")), (guess.Kind, Assert.Single(guess.Paths)));
    }

    [Theory]
    [InlineData("b.csv: it reads as kind table, and a.tar as kind webdataset: name data of one kind", "a.tar", "b.csv")]
    [InlineData("a.parquet: it is data for the kind parquet, which no loaded plugin has. Kinds: coco, ", "a.parquet")]
    [InlineData("nowhere: there is no such file or folder: give the path of the data. Kinds: coco, ", "nowhere")]
    [InlineData("a-*.zip: the kind of data does not follow from this name: name it by --kind", "a-*.zip")]
    public void An_unclear_path_is_named(string message, params string[] paths) => Assert.StartsWith(
        message, Assert.Throws<ExperimentException>(() => KindGuess.Of(paths, registry)).Message);
}
