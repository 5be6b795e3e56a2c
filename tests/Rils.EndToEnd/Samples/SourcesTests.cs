using System.Diagnostics;
using System.Text.Json;
using Parquet.Serialization;
using Rils.Tests.Cli;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Samples;

/// <summary>The same images and captions through every kind of source: the toy shard, unpacked by GNU tar.</summary>
public sealed class SourcesTests : IDisposable
{
    readonly Toy toy = new();

    public SourcesTests()
    {
        Directory.CreateDirectory(toy["train2017"]);
        using (var tar = Process.Start("tar", ["-xf", toy["toy-0.tar"], "-C", toy["train2017"]])) tar.WaitForExit();
        string[] images = [.. Directory.GetFiles(toy["train2017"], "*.jpg").Order(StringComparer.Ordinal)];
        Assert.Equal(64, images.Length);
        File.WriteAllLines(toy["table.csv"], images.Select(image =>
            $"train2017/{Path.GetFileName(image)},\"{Caption(image)}\"").Prepend("image,caption"));
        ParquetSerializer.SerializeAsync(
            images.Select(image => new Row(File.ReadAllBytes(image), Caption(image))), toy["rows.parquet"])
            .GetAwaiter().GetResult();
        File.WriteAllText(toy["captions_train2017.json"], JsonSerializer.Serialize(new
        {
            images = images.Select((image, id) => new { id, file_name = Path.GetFileName(image) }),
            annotations = images.Select((image, id) => new { id, image_id = id, caption = Caption(image) }),
        }));
    }

    public void Dispose() => toy.Dispose();

    sealed record Row(byte[] image, string caption);

    static string Caption(string image) => File.ReadAllText(Path.ChangeExtension(image, ".txt"));

    string[] Of(string kind, string data) =>
        [$"data.kind={kind}", $"data.train={toy[data]}", $"head.retrieval.data={toy[data]}"];

    static string[] Sets(IEnumerable<string> sets) => [.. sets.SelectMany(set => (string[])["--set", set])];

    static byte[] Weights(string run, string arm) =>
        File.ReadAllBytes(Path.Combine(run, "seed-0", arm, "model.safetensors"));

    [Theory]
    [InlineData("folder", "train2017")]
    [InlineData("table", "table.csv")]
    [InlineData("coco", "captions_train2017.json")]
    [InlineData("parquet", "rows.parquet")]
    public void A_run_has_the_bytes_of_the_run_on_shards_killed_or_alone(string kind, string data)
    {
        Command.Here(["run", toy.Experiment, "--out", toy["shards"]]).Returns(0);
        Command.Here(["run", toy.Experiment, "--out", toy["whole"], .. Sets(Of(kind, data))]).Returns(0);
        var stopped = StoppedRun.At(4, toy.Experiment, toy["stopped"], ["checkpoint.every=4", .. Of(kind, data)]);
        Command.Here("run", "--resume", stopped).Returns(0);
        Command.Here(["run", toy.Experiment, "--out", toy["alone"], .. Sets([.. Of(kind, data), "arm.rils=none"])])
            .Returns(0);
        foreach (var arm in (string[])["rils", "clip"])
        {
            Assert.Equal(Weights(toy["shards"], arm), Weights(toy["whole"], arm));
            Assert.Equal(Weights(toy["whole"], arm), Weights(stopped, arm));
        }
        Assert.Equal(Weights(toy["whole"], "clip"), Weights(toy["alone"], "clip"));
    }

    [Theory]
    [InlineData("folder", "train2017")]
    [InlineData("table", "table.csv")]
    [InlineData("coco", "captions_train2017.json")]
    public void A_run_on_changed_images_is_not_resumed(string kind, string data)
    {
        var stopped = StoppedRun.At(4, toy.Experiment, toy["stopped"], ["checkpoint.every=4", .. Of(kind, data)]);
        File.Copy(toy["train2017/002.jpg"], toy["train2017/001.jpg"], overwrite: true);
        var refused = Command.Here("run", "--resume", stopped).Returns(2).Error;
        Assert.Contains($"data {toy[data]} ", refused);
        Command.Here("run", "--resume", stopped, "--accept", "data").Returns(0);
    }

    [Fact]
    public void A_mistyped_kind_gets_the_nearest_one_and_no_further_mistake() => Assert.Equal(
        "--set data.kind=imagefolder: unknown kind `imagefolder` in [data]; did you mean `folder`? Kinds: coco, "
            + "folder, parquet, table, webdataset. If a plugin brings it, name the plugin's folder by --plugins DIR.\n",
        Command.Here("check", toy.Experiment, "--set", "data.kind=imagefolder", "--set", "data.column=x").Returns(2)
            .Error);
}
