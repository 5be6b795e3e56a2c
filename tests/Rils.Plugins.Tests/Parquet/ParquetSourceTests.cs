using System.Text;
using Rils.Contract;
using Rils.Parquet;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.ImageFiles;

namespace Rils.Tests.Plugins.Parquet;

/// <summary>Files that Apache Arrow's writer made (tests/parquet/make.cs).</summary>
public sealed class ParquetSourceTests : IDisposable
{
    readonly ImageTree tree = new();

    public ParquetSourceTests()
    {
        foreach (var name in (string[])["hugging-face", "paths"])
            File.Copy(Path.Combine(Repository.Root, "tests", "parquet", $"{name}.parquet"), tree[$"{name}.parquet"]);
    }

    public void Dispose() => tree.Dispose();

    ParquetSource Open(string name, ParquetOptions? options = null, IReadOnlyList<string>? classes = null) =>
        new(new([tree[name]], tree.Cache) { ClassNames = classes }, options);

    static string Text(Sample sample) => $"{sample.Key} {Encoding.UTF8.GetString(sample.Image.Span)}: "
        + $"{string.Join('|', sample.Find<Captions>()?.Texts ?? [])} {sample.Find<Label>()?.Number}";

    [Fact]
    public void Rows_are_samples_in_any_order()
    {
        using var source = Open("hugging-face.parquet");
        Assert.Equal(8, source.Count);
        Assert.Equal(["cat", "dog", "guinea_pig"], source.ClassNames);
        string[] expected =
        [
            "hugging-face/0 image 0 0: one|two é 2", "hugging-face/1 image 0 1:  0", "hugging-face/2 image 0 2:  ",
            "", "hugging-face/4 image 1 0: one|two é 2", "hugging-face/5 image 1 1:  0", "hugging-face/6 image 1 2:  ",
        ];
        Parallel.ForEach((int[])[6, 0, 5, 1, 4, 2, 0, 6], number =>
            Assert.Equal(expected[number], Text(source.Read(number))));
        Assert.Equal("sample `hugging-face/3` has no image",
            Assert.Throws<SampleException>(() => source.Read(3)).Message);
        var last = source.ReadWithoutImage(3, new HashSet<Type> { typeof(Captions), typeof(Label) });
        Assert.Equal(("three", null), (last.Caption, last.Class));
    }

    [Fact]
    public void Evaluation_data_has_the_numbers_of_the_training_data()
    {
        using var source = Open("hugging-face.parquet", classes: ["guinea_pig", "cat", "dog", "emu"]);
        Assert.Equal([0, 1], ((int[])[0, 1]).Select(number => source.Read(number).Class!.Value));
        Assert.Contains("the class `dog` (and 1 more) of", Assert.Throws<InvalidDataException>(() =>
            Open("hugging-face.parquet", classes: ["cat"])).Message);
    }

    [Fact]
    public void Paths_lead_to_files_and_names_are_classes()
    {
        tree.With("images/1.jpg", "images/2.jpg");
        using var source = Open("paths.parquet");
        Assert.Equal(["cat", "dog"], source.ClassNames);
        Assert.Equal("paths/0 content of images/1.jpg: a boat 1", Text(source.Read(0)));
        Assert.Equal("paths/1 content of images/2.jpg:  ", Text(source.Read(1)));
        Assert.Contains("has no path of an image", Assert.Throws<SampleException>(() => source.Read(2)).Message);
        Assert.Contains($"its image {tree["images/9.jpg"]} does not exist",
            Assert.Throws<SampleException>(() => source.Read(3)).Message);
    }

    [Fact]
    public void Mistakes_are_told_with_what_to_type()
    {
        string Refusal(string name, ParquetOptions? options = null) =>
            Assert.ThrowsAny<Exception>(() => Open(name, options)).Message;
        tree.Write("text.parquet", "not Parquet at all");
        Assert.Contains("text.parquet is no Parquet file: ", Refusal("text.parquet"));
        Assert.Contains("has no column `titel`, which caption_column = \"titel\" names; it has `image`, `caption`, "
            + "`label`",
            Refusal("hugging-face.parquet", new() { CaptionColumn = "titel" }));
        Assert.Contains("the column `label` has no bytes of images, and no paths",
            Refusal("hugging-face.parquet", new() { ImageColumn = "label" }));
        Assert.Contains("the column `label` has no texts",
            Refusal("hugging-face.parquet", new() { CaptionColumn = "label" }));
        Directory.CreateDirectory(tree["folder"]);
        Assert.Contains("is a folder, and no file: name the files in it, as in data/train-*.parquet",
            Refusal("folder"));
    }

    [Fact]
    public void A_file_that_changes_is_noticed()
    {
        using var source = Open("hugging-face.parquet");
        File.SetLastWriteTimeUtc(tree["hugging-face.parquet"], DateTime.UnixEpoch);
        Assert.Contains("changed after it was indexed",
            Assert.Throws<SampleException>(() => source.Read(0)).Message);
    }

    [Fact]
    public void The_cache_keeps_the_last_groups_and_tries_a_failed_one_again()
    {
        var (cache, read) = (new GroupCache(), 0);
        RowGroup Group(long bytes)
        {
            read++;
            return new([new byte[bytes]], null, [[]], [null]);
        }
        Assert.Throws<IOException>(() => cache.Get((0, 0, true), () => throw new IOException()));
        for (var again = 0; again < 3; again++) cache.Get((0, 0, true), () => Group(10));
        Assert.Equal(1, read);
        for (var group = 1; group < 4; group++) cache.Get((0, group, true), () => Group(GroupCache.Most / 3));
        cache.Get((0, 3, true), () => Group(1));
        cache.Get((0, 0, true), () => Group(1));
        Assert.Equal(5, read);
    }

    /// <summary>Threads that meet a failing group at once, and others after them, leave a cache that can
    /// forget.</summary>
    [Fact]
    public void A_group_that_fails_for_many_threads_leaves_a_sound_cache()
    {
        var cache = new GroupCache();
        Parallel.For(0, 4000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ =>
            Assert.Throws<IOException>(() => cache.Get((0, 0, true), () => throw new IOException())));
        var read = 0;
        for (var group = 0; group < 8; group++)
            cache.Get((1, group, true), () =>
                new([new byte[GroupCache.Most / 3]], null, [[]], [new($"{read++}", null)]));
        Assert.Equal("7", cache.Get((1, 7, true), () => throw new IOException()).Labels[0]?.Text);
        Assert.Throws<IOException>(() => cache.Get((1, 0, true), () => throw new IOException()));
    }
}
