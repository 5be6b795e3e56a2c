using System.Text.Json;
using Parquet.Serialization;
using Rils.Contract;
using Rils.ImageFiles;
using Rils.Parquet;
using Rils.Tests.Golden;
using Rils.WebDataset;

namespace Rils.Tests.Plugins.ImageFiles;

/// <summary>The odd images of the golden case `pixels` (CMYK, 16 bits, EXIF, interlaced, ...), and files that are no
/// images, through every source.</summary>
public sealed class EverySourceTests : IDisposable
{
    static readonly string files = Path.Combine(Repository.Root, "tests", "golden", "pixels", "files");

    readonly ImageTree tree = new();

    public void Dispose() => tree.Dispose();

    sealed record Row(byte[] image, string caption);

    string[] Images()
    {
        Directory.CreateDirectory(tree["odd"]);
        foreach (var file in Directory.GetFiles(files))
            if (Rils.Sources.ImageFile.IsNamed(file) && !Path.GetFileNameWithoutExtension(file).Contains('.'))
                File.Copy(file, tree[$"odd/{Path.GetExtension(file)[1..]}-{Path.GetFileName(file)}"]);
        File.WriteAllBytes(tree["odd/one-byte.jpg"], [7]);
        File.WriteAllText(tree["odd/page.png"], "<html>");
        return [.. Directory.GetFiles(tree["odd"]).Order(StringComparer.Ordinal)];
    }

    [SkippableFact]
    public async Task Every_source_gives_the_bytes_of_the_file()
    {
        var images = Images();
        Assert.True(images.Length > 20);
        string Caption(string image) => $"of \"{Path.GetFileName(image)}\", é";
        tree.Run("tar", "--sort=name", "-cf", "odd.tar", "-C", "odd", ".");
        tree.Write("odd.csv", "image,caption\n" + string.Concat(images.Select(image =>
            $"odd/{Path.GetFileName(image)},\"{Caption(image).Replace("\"", "\"\"")}\"\n")));
        tree.Write("odd.json", JsonSerializer.Serialize(new
        {
            images = images.Select((image, id) => new { id, file_name = Path.GetFileName(image) }),
            annotations = images.Select((image, id) => new { image_id = id, caption = Caption(image) }),
        }));
        await ParquetSerializer.SerializeAsync(
            images.Select(image => new Row(File.ReadAllBytes(image), Caption(image))), tree["odd.parquet"]);
        ISource[] sources =
        [
            new WebDatasetSource(new([tree["odd.tar"]], tree.Cache)), new FolderSource(new([tree["odd"]], tree.Cache)),
            new TableSource(new([tree["odd.csv"]], tree.Cache)),
            new CocoSource(new([tree["odd.json"]], tree.Cache), new() { Images = tree["odd"] }),
            new ParquetSource(new([tree["odd.parquet"]], tree.Cache)),
        ];
        foreach (var source in sources)
        {
            using var opened = source;
            Assert.Equal(images.Length, source.Count);
            foreach (var (number, image) in images.Index()) Check(source, number, image, Caption(image));
        }
    }

    static void Check(ISource source, int number, string image, string caption)
    {
        if (new FileInfo(image).Length == 0)
        {
            Assert.Throws<SampleException>(() => source.Read(number));
            return;
        }
        var sample = source.Read(number);
        Assert.Equal(File.ReadAllBytes(image), sample.Image.ToArray());
        // The shard and the folder have no captions here.
        Assert.Equal(source is WebDatasetSource or FolderSource ? null : caption, sample.Caption);
    }
}
