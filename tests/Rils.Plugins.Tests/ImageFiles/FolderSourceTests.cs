using Rils.Contract;
using Rils.ImageFiles;
using Rils.WebDataset;

namespace Rils.Tests.Plugins.ImageFiles;

public sealed class FolderSourceTests : IDisposable
{
    readonly ImageTree tree = new();

    public void Dispose() => tree.Dispose();

    FolderSource Open(string name = "photos", FolderOptions? options = null, IReadOnlyList<string>? classes = null) =>
        new(new([tree[name]], tree.Cache) { ClassNames = classes }, options);

    static string[] Keys(ISource source) =>
        [.. Enumerable.Range(0, source.Count).Select(number => source.Read(number).Key)];

    [Fact]
    public void Folders_are_classes_in_the_order_of_their_names()
    {
        tree.With("photos/dog/2.JPG", "photos/dog/1.png", "photos/cat/b.webp", "photos/cat/deep/a.jpeg",
            "photos/top.jpg");
        using var source = Open();
        Assert.Equal(["cat", "dog"], source.ClassNames);
        Assert.Equal(["cat/b", "cat/deep/a", "dog/1", "dog/2", "top"], Keys(source));
        Assert.Equal([0, 0, 1, 1, null],
            Enumerable.Range(0, 5).Select(number => source.Read(number).Find<Label>()?.Number));
        Assert.Equal("content of photos/cat/deep/a.jpeg"u8.ToArray(), source.Read(1).Image.ToArray());
        Assert.Empty(source.Findings);
        Assert.True(source.ReadWithoutImage(1, new HashSet<Type> { typeof(Label) }).Image.IsEmpty);
    }

    [Fact]
    public void A_text_beside_an_image_is_its_caption_unless_a_table_has_one()
    {
        tree.With("photos/a/1.jpg", "photos/a/2.jpg", "photos/a/3.jpg", "photos/a/4.jpg");
        tree.Write("photos/a/1.txt", " of the text\n");
        tree.Write("photos/a/2.txt", "of the text");
        tree.Write("photos/a/4.txt", " ");
        tree.Write("photos/metadata.csv", "file_name,text\na/2.jpg,\"one, of the "
            + "table\"\na/2.jpg,another\na/9.jpg,none\n");
        using var source = Open();
        var samples = Enumerable.Range(0, 4).Select(number => source.Read(number)).ToArray();
        Assert.Equal(["of the text", "one, of the table|another", null, null], samples.Select(sample =>
            sample.Find<Captions>() is { } captions ? string.Join('|', captions.Texts) : null));
        Assert.Equal("its .txt is blank, so it has no caption", Assert.Single(samples[3].Remarks));
        Assert.StartsWith("images that rows of captions name and that are not in the folder are left out: 1, the first "
            + $"is `a/9.jpg` of the 2 in `{tree["photos/metadata.csv"]}` in `photos`. That is as it should be where "
            + "one table", Assert.Single(source.Findings).Message);
    }

    [Theory]
    [InlineData("captions.csv", "file_name,sentence\na/1.jpg,a boat\n",
        "captions.csv has no column caption, text, title or description; it has `file_name`, `sentence`. Say which one "
            + "has the captions, as in caption_column = \"sentence\", or rename a table without captions")]
    [InlineData("metadata.csv", "label,split,file_name\nx,y,a/1.jpg\n", "as in caption_column = \"split\"")]
    [InlineData("captions.tsv", "picture\tcaption\na/1.jpg\ta boat\n",
        "path; it has `picture`, `caption`. Rename the one that names the images to file_name")]
    [InlineData("metadata.csv", "file_name,text\nphotos/1.jpg,a boat\nphotos/2.jpg,a sea\n",
        "the table says `photos/1.jpg`, the folder has `a/1.jpg`. Write paths from the table's folder")]
    public void A_table_of_captions_that_gives_none_is_refused(string name, string content, string message)
    {
        tree.With("photos/a/1.jpg", "photos/a/2.jpg");
        tree.Write($"photos/{name}", content);
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Open()).Message);
    }

    [Fact]
    public void A_table_of_images_and_classes_alone_is_no_table_of_captions()
    {
        tree.With("photos/a/1.jpg");
        tree.Write("photos/metadata.csv", "file_name,label\na/1.jpg,a\n");
        using var source = Open();
        Assert.Null(source.Read(0).Caption);
        Assert.Contains("as in caption_column = \"...\"", Assert.Throws<InvalidDataException>(() =>
            Open(options: new() { Captions = tree["photos/metadata.csv"] })).Message);
    }

    [Fact]
    public void Rows_of_images_that_exist_elsewhere_are_no_slips()
    {
        tree.With("photos/train/a/1.jpg", "photos/val/a/2.jpg", "photos/other/a/3.jpg");
        tree.Write("photos/captions.csv", "file_name,caption\ntrain/a/1.jpg,a boat\nval/a/2.jpg,a sea\n");
        var options = new FolderOptions { Captions = tree["photos/captions.csv"] };
        foreach (var (folder, caption) in new[] { ("train", "a boat"), ("val", "a sea"), ("other", (string?)null) })
        {
            using var source = Open($"photos/{folder}", options);
            Assert.Equal((caption, 0), (source.Read(0).Caption, source.Findings.Count));
        }
    }

    [Fact]
    public void Paths_of_other_systems_name_the_same_images()
    {
        tree.With("photos/a/1.jpg", "photos/b/2.jpg");
        tree.Write("photos/captions.csv", "file_name,caption\na\\1.jpg,a boat\n.\\b\\2.jpg,a sea\n");
        using var source = Open();
        Assert.Equal(["a boat", "a sea"], Enumerable.Range(0, 2).Select(number => source.Read(number).Caption));
        Assert.Empty(source.Findings);
    }

    [Theory]
    [InlineData(new[] { "train", "val" }, "`train`, `val` in `")]
    [InlineData(new[] { "train" }, "`train` in `")]
    [InlineData(new[] { "Test", "Train", "other" }, "`Test`, `Train` in `")]
    [InlineData(new[] { "bus", "train" }, null)]
    [InlineData(new[] { "cat", "dog" }, null)]
    public void Splits_in_place_of_classes_are_told(string[] folders, string? message)
    {
        tree.With([.. folders.Select(folder => $"imagenet/{folder}/n01/1.jpg")]);
        using var source = Open("imagenet");
        Assert.Equal(message is null ? null : $"{message}{tree["imagenet"]}` count as classes; where they are splits "
            + $"of the data, name one of them, as in {tree["imagenet"]}/{folders[0]}",
            source.Findings.SingleOrDefault()?.Message);
    }

    [Fact]
    public void A_table_that_the_experiment_names_may_lie_elsewhere_and_have_other_columns()
    {
        tree.With("photos/train/a/1.jpg", "photos/train/b/2.jpg", "photos/val/a/3.jpg");
        tree.Write("captions.tsv", "filename\tin words\nphotos/train/a/1.jpg\ta boat\nphotos/val/a/3.jpg\ta sea\n");
        var options = new FolderOptions { Captions = tree["captions.tsv"], CaptionColumn = "in words" };
        using var source = Open("photos/train", options);
        Assert.Equal(["a boat", null], Enumerable.Range(0, 2).Select(number => source.Read(number).Caption));
        using var val = Open("photos/val", options, source.ClassNames);
        Assert.Equal(("a sea", 0), (val.Read(0).Caption, val.Read(0).Find<Label>()!.Number));
        Assert.Contains("has no column `words`, which caption_column = \"words\" names; it has `filename`, `in words`",
            Assert.Throws<InvalidDataException>(() =>
                Open("photos/train", options with { CaptionColumn = "words" })).Message);
    }

    [Fact]
    public void Evaluation_data_has_the_numbers_of_the_training_data_and_no_class_of_its_own()
    {
        tree.With("train/a/1.jpg", "train/b/1.jpg", "train/c/1.jpg", "val/c/1.jpg", "odd/c/1.jpg", "odd/tulip/1.jpg");
        using var train = Open("train");
        using var val = Open("val", classes: train.ClassNames);
        Assert.Equal(2, val.Read(0).Find<Label>()!.Number);
        Assert.Equal(train.ClassNames, val.ClassNames);
        Assert.Contains($"the class folder `tulip` of {tree["odd"]} is none of the training data's, which has `a`, "
            + "`b`, `c`",
            Assert.Throws<InvalidDataException>(() => Open("odd", classes: train.ClassNames)).Message);
    }

    [Fact]
    public void Mistakes_are_told_with_what_to_type()
    {
        Directory.CreateDirectory(tree["empty"]);
        tree.With("shards/a.tar", "twice/a/boat.jpg", "twice/a/boat.png", "gifs/1.gif", "photos/1.jpg");
        string Refusal(string name) => Assert.ThrowsAny<Exception>(() => Open(name)).Message;
        Assert.Contains($"no image (jpg, jpeg, png, webp) in the folder {tree["empty"]}, which is empty",
            Refusal("empty"));
        Assert.Contains("for shards say kind = \"webdataset\", and name them", Refusal("shards"));
        Assert.Contains("have one key, `a/boat`: the files `a/boat.jpg` and `a/boat.png`. Rename one of them",
            Refusal("twice"));
        Assert.Contains("which holds 1.gif", Refusal("gifs"));
        Assert.Contains("is a file, and no folder: kind = \"webdataset\" reads .tar shards", Refusal("shards/a.tar"));
        Assert.Contains("a*.tar` is a file, and no folder: kind = \"webdataset\" reads .tar shards",
            Refusal("shards/a*.tar"));
        Assert.Contains("no folder matches", Refusal("shards/b*.tar"));
        Assert.Contains("no folder matches", Refusal("photo"));
        Assert.Contains("is a folder, and no file: kind = \"folder\" reads images in class folders",
            Assert.Throws<FileNotFoundException>(() =>
                new WebDatasetSource(new([tree["photos"]], tree.Cache))).Message);
        Assert.Contains("A table of images is read by kind = \"table\"", Assert.Throws<InvalidDataException>(() =>
            new WebDatasetSource(new([tree.Write("a.csv", "image,caption\n1.jpg,a boat\n")], tree.Cache))).Message);
    }

    [Fact]
    public void Other_files_are_counted_and_links_in_a_circle_do_no_harm()
    {
        tree.With("photos/a/1.jpg", "photos/a/2.gif", "photos/a/notes.pdf", "photos/.hidden/1.jpg",
            "photos/a/Thumbs.db", "photos/a/README.md", "elsewhere/5.jpg");
        File.CreateSymbolicLink(tree["photos/a/again"], tree["photos"]);
        File.CreateSymbolicLink(tree["photos/a/3.jpg"], tree["elsewhere/5.jpg"]);
        using var source = Open();
        Assert.Equal(["a/1", "a/3"], Keys(source));
        Assert.Equal("content of elsewhere/5.jpg"u8.ToArray(), source.Read(1).Image.ToArray());
        Assert.Collection(source.Findings,
            finding => Assert.StartsWith("files that are no images (jpg, jpeg, png, webp) are left out: 2, the first "
                + "is "
                + "`a/2.gif`", finding.Message),
            finding => Assert.StartsWith("folders that are links to one that is read already are left out: 1, the "
                + "first",
                finding.Message));
    }

    [Fact]
    public void A_changed_image_is_noticed_by_who_reads_it_and_by_the_next_start()
    {
        tree.With("photos/a/1.jpg", "photos/a/2.jpg");
        using (var source = Open())
        {
            Assert.Equal(Parts(source), Parts(source));
            File.SetLastWriteTimeUtc(tree["photos/a/1.jpg"], DateTime.UnixEpoch);
            Assert.Contains("changed after", Assert.Throws<SampleException>(() => source.Read(0)).Message);
            source.Read(1);
            File.Delete(tree["photos/a/2.jpg"]);
            Assert.Contains("does not exist", Assert.Throws<SampleException>(() => source.Read(1)).Message);
        }
        using var again = Open();
        Assert.Equal(["a/1"], Keys(again));
    }

    static string[] Parts(ISource source) => [.. source.Shards().Select(part => part.ToString())];

    [Fact]
    public void Equal_images_are_equal_data_wherever_they_lie_and_a_changed_byte_makes_other_data()
    {
        string Identity(string place)
        {
            using var source = Open(place);
            return Assert.Single(source.Shards()).Content;
        }
        foreach (var place in (string[])["one/photos", "two/photos"])
        {
            tree.Write($"{place}/a/1.jpg", "image");
            tree.Write($"{place}/a/1.txt", "caption");
        }
        var first = Identity("one/photos");
        Assert.Equal(first, Identity("two/photos"));
        tree.Write("two/photos/a/1.txt", "Caption");
        Assert.NotEqual(first, Identity("two/photos"));
        tree.Write("one/photos/a/1.jpg", "imagf");
        Assert.NotEqual(first, Identity("one/photos"));
    }

    /// <summary>GNU tar packs the same folder, and WebDataset reads it.</summary>
    [SkippableFact]
    public void The_order_is_that_of_gnu_tar()
    {
        tree.With("photos/a.b/1.jpg", "photos/a/10.jpg", "photos/a/2.jpg", "photos/a/2-3.jpg", "photos/a2/1.jpg",
            "photos/Z/1.jpg", "photos/é/1.jpg", "photos/a/b/9.jpg");
        tree.Run("tar", "--sort=name", "-cf", "photos.tar", "-C", "photos", ".");
        using var folder = Open();
        using var shard = new WebDatasetSource(new([tree["photos.tar"]], tree.Cache));
        Assert.Equal(Keys(shard).Select(key => key["photos/".Length..]).Where(key => !key.StartsWith("a.b")),
            Keys(folder).Where(key => !key.StartsWith("a.b")));
        Assert.Equal(8, folder.Count);
    }
}
