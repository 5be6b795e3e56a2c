using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parquet.Serialization;
using Rils.Tests.Cli;
using Rils.Tests.Golden;

namespace Rils.Tests.Docs;

/// <summary>The whole files of docs/data.md can be run where the data lies as they say.</summary>
public sealed class DataPageTests : IDisposable
{
    static readonly string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "data.md"));
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rils-data-page-");

    /// <summary>Drawings of two classes, with captions, in the place of any data; other data of a split are links to
    /// them.</summary>
    public DataPageTests()
    {
        File.CreateSymbolicLink(this["RilsFramework"], Repository.Root);
        foreach (var split in (string[])["train", "val"]) Lay(split);
        Directory.CreateSymbolicLink(this["imagenet"], this["photos"]);
        foreach (var shards in (string[])["laion", "own", "own-val"]) Directory.CreateDirectory(this[shards]);
        foreach (var number in Enumerable.Range(0, 8))
            File.CreateSymbolicLink(this[$"laion/{number:D5}.tar"], Drawings("train-000.tar"));
        File.CreateSymbolicLink(this["own/0.tar"], Drawings("train-001.tar"));
        File.CreateSymbolicLink(this["own-val/0.tar"], Drawings("val-000.tar"));
    }

    public void Dispose() => folder.Delete(recursive: true);

    string this[string name] => Path.Combine(folder.FullName, name);

    sealed record Row(byte[] image, string caption);

    [Theory]
    [InlineData("photos", "zero-shot, retrieval", "rils", "clip")]
    [InlineData("imagenet", "knn, linear", "mae", "mae+simclr")]
    [InlineData("table", "zero-shot, retrieval", "rils", "clip")]
    [InlineData("parquet", "retrieval", "rils", "clip")]
    [InlineData("coco", "retrieval", "rils", "clip")]
    [InlineData("shards", "retrieval", "rils", "clip")]
    public void A_whole_file_can_be_run(string name, string heads, params string[] arms)
    {
        var outcome = Command.Here("check", Write($"{name}.toml", Whole(name))).Returns(0);
        Assert.Contains($"{name} can be run.", outcome.Output);
        Assert.Contains($"heads    {heads}\n", outcome.Output);
        foreach (var arm in arms) Assert.Contains($"\n  {arm} ", outcome.Output);
        Assert.DoesNotContain("warn", outcome.Error);
    }

    [Fact]
    public void Arms_learn_from_classes_alone()
    {
        var run = Command.Here("run", Write("imagenet.toml", Whole("imagenet")), "--out", this["run"], "--set",
            "steps=2").Returns(0);
        Assert.DoesNotContain("stopped", run.Output);
    }

    [Fact]
    public void A_folder_becomes_an_experiment_by_two_commands()
    {
        Directory.Delete(this["photos/val"], recursive: true);
        Command.Here("data", "pack", this["photos/train"], "--to", this["packed"], "--val", "0.3").Returns(0);
        Assert.Contains("packed can be run.", Command.Here("check", Write("my.toml", Whole("my"))).Returns(0).Output);
    }

    [Fact]
    public void Every_file_of_the_page_is_tested() => Assert.Equal(
        ["coco", "imagenet", "my", "parquet", "photos", "shards", "table"],
        Regex.Matches(page, "```toml\n# (.*).toml\n").Select(match => match.Groups[1].Value)
            .Order(StringComparer.Ordinal));

    static string Whole(string name) =>
        Regex.Match(page, $"```toml\n# {name}.toml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    static string Drawings(string name) =>
        Path.Combine(Repository.Root, "experiments", "data", "clipart-mini", name);

    string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Lays the drawings of a split as class folders, a table, Parquet and COCO's annotations.</summary>
    void Lay(string split)
    {
        string[] classes = [this[$"photos/{split}/cat"], this[$"photos/{split}/dog"]];
        foreach (var name in classes) Directory.CreateDirectory(name);
        var images = Unpacked(split).Index().Select(drawing =>
        {
            var image = Path.Combine(classes[drawing.Index % 2], $"{drawing.Index}.jpg");
            File.Copy(drawing.Item, image);
            File.WriteAllText(Path.ChangeExtension(image, ".txt"), $"drawing {drawing.Index}");
            return image;
        }).ToArray();
        Directory.CreateDirectory(this["coco/annotations"]);
        Directory.CreateSymbolicLink(this[$"coco/{split}2017"], this[$"photos/{split}"]);
        string Name(string image) => Path.GetRelativePath(this[$"photos/{split}"], image);
        File.WriteAllLines(this[$"photos/{split}.csv"], images.Select((image, number) =>
            $"{split}/{Name(image)},drawing {number},{Name(image)[..3]}").Prepend("image,caption,label"));
        File.WriteAllText(this[$"coco/annotations/captions_{split}2017.json"], JsonSerializer.Serialize(new
        {
            images = images.Select((image, id) => new { id, file_name = Name(image) }),
            annotations = images.Select((_, id) => new { id, image_id = id, caption = $"drawing {id}" }),
        }));
        ParquetSerializer.SerializeAsync(
            images.Select((image, number) => new Row(File.ReadAllBytes(image), $"drawing {number}")),
            this[$"photos/{split}-00000.parquet"]).GetAwaiter().GetResult();
    }

    /// <summary>The paths of two batches of drawings of a split.</summary>
    string[] Unpacked(string split)
    {
        const int Images = 128;
        Directory.CreateDirectory(this[$"drawings/{split}"]);
        using var tar = Process.Start("tar",
            ["-xf", Drawings($"{split}-000.tar"), "-C", this[$"drawings/{split}"], "--wildcards", "*.jpg"]);
        tar.WaitForExit();
        return [.. Directory.GetFiles(this[$"drawings/{split}"], "*.jpg", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Take(Images)];
    }
}
