using System.Text.Json;
using CsCheck;
using Rils.Contract;
using Rils.ImageFiles;

namespace Rils.Tests.Plugins.ImageFiles;

public sealed class TableSourceTests : IDisposable
{
    readonly ImageTree tree = new();

    public TableSourceTests() => tree.With("images/1.jpg", "images/2.jpg", "images/3.jpg");

    public void Dispose() => tree.Dispose();

    TableSource Open(string name, TableOptions? options = null, IReadOnlyList<string>? classes = null) =>
        new(new([tree[name]], tree.Cache) { ClassNames = classes }, options);

    string Refusal(string content, TableOptions? options = null, string name = "t.csv")
    {
        tree.Write(name, content);
        return Assert.ThrowsAny<Exception>(() => Open(name, options)).Message;
    }

    static string Text(Sample sample) =>
        $"{sample.Key}: {string.Join('|', sample.Find<Captions>()?.Texts ?? [])} {sample.Find<Label>()?.Number}";

    static string[] Texts(ISource source) =>
        [.. Enumerable.Range(0, source.Count).Select(number => Text(source.Read(number)))];

    [Theory]
    [InlineData("t.csv", "image,caption,label\nimages/1.jpg,\"a, \"\"b\"\"\nc\",3\nimages/2.jpg,5\" disk,0\n")]
    [InlineData("t.csv", "\uFEFFfile_name;text;class\r\nimages/1.jpg;\"a, \"\"b\"\"\nc\";3\r\n\r\nimages/2.jpg;5\" "
        + "disk;0")]
    [InlineData("t.tsv", "path\tcaption\tlabel\textra\nimages/1.jpg\t\"a, \"\"b\"\"\nc\"\t3\t\nimages/2.jpg\t5\" "
        + "disk\t0\tx\n")]
    public void Rows_are_samples(string name, string content)
    {
        tree.Write(name, content);
        using var source = Open(name);
        Assert.Equal(["images/1: a, \"b\"\nc 3", "images/2: 5\" disk 0"], Texts(source));
        Assert.Null(source.ClassNames);
        Assert.Equal("content of images/1.jpg"u8.ToArray(), source.Read(0).Image.ToArray());
    }

    [Fact]
    public void Rows_of_one_image_are_its_captions_and_names_are_classes()
    {
        tree.Write("t.csv", "label,image,caption\ncat,images/2.jpg,one\ncat,images/2.jpg,two\n"
            + "Dog,images/1.jpg,\n,images/3.jpg,x\n");
        using var source = Open("t.csv");
        Assert.Equal(["images/2: one|two 1", "images/1:  0", "images/3: x "], Texts(source));
        Assert.Equal(["Dog", "cat"], source.ClassNames);
        tree.Write("val.csv", "image,label\nimages/1.jpg,cat\n");
        using var val = Open("val.csv", classes: source.ClassNames);
        Assert.Equal(1, val.Read(0).Find<Label>()!.Number);
        Assert.DoesNotContain(typeof(Captions), val.Components);
        tree.Write("odd.csv", "image,label\nimages/1.jpg,tulip\n");
        Assert.Contains("the class `tulip` of",
            Assert.Throws<InvalidDataException>(() => Open("odd.csv", classes: source.ClassNames)).Message);
    }

    [Fact]
    public void Mistakes_are_told_with_what_to_type()
    {
        Assert.Contains("has no column image, image_path, file_name, filename, filepath, file or path; it has "
            + "`picture`, "
            + "`caption`. Say which one names the images, as in image_column = \"...\"",
            Refusal("picture,caption\na.jpg,x\n"));
        Assert.Contains("has no column `titel`, which caption_column = \"titel\" names; it has `image`, `title`",
            Refusal("image,title\na.jpg,x\n", new() { CaptionColumn = "titel" }));
        Assert.Contains("two samples have one key, the image `images/1.jpg` of lines 2 and 4. Rows of one image must "
            + "follow "
            + "each other: sort the table by `image`",
            Refusal("image,caption\nimages/1.jpg,a\nimages/2.jpg,b\nimages/1.jpg,c\n"));
        Assert.Contains("two samples have one key, the images `images/1.jpg` and `images/1.png` of lines 2 and 3: "
            + "a key is a path without its ending", Refusal("image,caption\nimages/1.jpg,a\nimages/1.png,b\n"));
        Assert.Contains("is empty: its first row must name the columns", Refusal(""));
        Assert.Contains("has no row behind the names of its columns", Refusal("image,caption\n"));
        Assert.Contains("a quote in line 2 is not closed within 1000 lines",
            Refusal("image,caption\nimages/1.jpg,\"a\n" + string.Concat(Enumerable.Repeat("b\n", 2000))));
        Assert.Contains("is JSON, and no table: kind = \"coco\" reads COCO's annotations",
            Refusal("{\"images\": []}"));
        Assert.Contains("is a Git LFS pointer", Refusal("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"));
        Assert.Contains("is a folder, and no file: kind = \"folder\" reads",
            Assert.Throws<FileNotFoundException>(() => Open("images")).Message);
        File.WriteAllBytes(tree["utf16.csv"], [0xFF, 0xFE, (byte)'i', 0]);
        Assert.Contains("is UTF-16: save it as UTF-8",
            Assert.Throws<InvalidDataException>(() => Open("utf16.csv")).Message);
    }

    /// <summary>The images have more than 16 MiB together, so that the index is not made again at each start.</summary>
    [Fact]
    public void Other_columns_are_another_index()
    {
        foreach (var number in (int[])[1, 2]) File.WriteAllBytes(tree[$"images/{number}.jpg"], new byte[17 << 20]);
        tree.Write("t.csv", "image,other,label,second\nimages/1.jpg,images/2.jpg,cat,dog\n");
        for (var again = 0; again < 2; again++)
        {
            using (var source = Open("t.csv"))
                Assert.Equal(("images/1", "cat"), (source.Read(0).Key, Assert.Single(source.ClassNames!)));
            using var other = Open("t.csv", new() { ImageColumn = "other", LabelColumn = "second" });
            Assert.Equal(("images/2", "dog"), (other.Read(0).Key, Assert.Single(other.ClassNames!)));
        }
    }

    [Fact]
    public void A_row_that_cannot_be_used_is_a_bad_sample_with_its_place()
    {
        File.WriteAllBytes(tree["t.csv"], [.. "image,caption,label\nimages/1.jpg,caf"u8, 0xE9,
            .. ",1\nimages/9.jpg,b,2\n,c,3\nimages/2.jpg\nimages/3.jpg,d,99999999999\n"u8]);
        using var source = Open("t.csv");
        Assert.Contains("its caption is not valid UTF-8: byte 0xE9", source.Read(0).FaultOf(typeof(Captions)));
        Assert.Equal(1, source.Read(0).Find<Label>()!.Number);
        Assert.Contains($"its image {tree["images/9.jpg"]} does not exist: correct its name in {tree["t.csv"]}",
            Assert.Throws<SampleException>(() => source.Read(1)).Message);
        Assert.Contains("the path of its image is blank", Assert.Throws<SampleException>(() => source.Read(2)).Message);
        Assert.Equal("images/2:  ", Text(source.Read(3)));
        Assert.Contains("its class should be a number", source.Read(4).FaultOf(typeof(Label)));
        using var latin = Open("t.csv", new() { Encoding = "latin-1" });
        Assert.Equal("café", latin.Read(0).Caption);
    }

    [Fact]
    public void A_table_or_image_that_changes_is_noticed()
    {
        tree.Write("t.csv", "image,caption\nimages/1.jpg,a\nimages/2.jpg,b\n");
        string first;
        using (var source = Open("t.csv"))
        {
            first = Assert.Single(source.Shards()).Content;
            tree.Write("images/1.jpg", "another image");
            Assert.Contains("changed after", Assert.Throws<SampleException>(() => source.Read(0)).Message);
            File.AppendAllText(tree["t.csv"], "images/3.jpg,c\n");
            Assert.Contains("changed after", Assert.Throws<SampleException>(() => source.Read(1)).Message);
        }
        using var again = Open("t.csv");
        Assert.Equal(3, again.Count);
        Assert.NotEqual(first, Assert.Single(again.Shards()).Content);
    }

    /// <summary>Python's csv module writes any cells, and reads them again.</summary>
    [SkippableFact]
    public void Rows_are_those_of_pythons_csv_module()
    {
        const string Script = """
            import csv, json, random, sys
            random.seed(7)
            cells = lambda: "".join(random.choice('ab,"\n;é 漢😀\t') for _ in range(random.randrange(12)))
            for number in range(40):
                rows = [[f"images/{i}.jpg", cells(), cells()] for i in range(random.randrange(1, 30))]
                with open(f"{number}.csv", "w", newline="", encoding="utf-8") as file:
                    csv.writer(file, quoting=random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
                        lineterminator=random.choice(["\n", "\r\n"])).writerows([["image", "caption", "other"]] + rows)
                with open(f"{number}.csv", newline="", encoding="utf-8") as file:
                    json.dump([row[1].strip() for row in list(csv.reader(file))[1:]], open(f"{number}.json", "w"))
            """;
        tree.Write("make.py", Script);
        tree.Run("python3", "make.py");
        for (var number = 0; number < 40; number++)
        {
            var expected = JsonSerializer.Deserialize<string[]>(File.ReadAllText(tree[$"{number}.json"]))!;
            using var source = Open($"{number}.csv");
            Assert.Equal(expected.Select(text => text.Trim()), Enumerable.Range(0, source.Count).Select(at =>
                source.ReadWithoutImage(at, new HashSet<Type> { typeof(Captions) }).Caption ?? ""));
        }
    }

    [Fact]
    public void Two_equal_keys_are_found_among_any_number() =>
        Gen.Select(Gen.Int[0, 20_000], Gen.Bool, Gen.Int[0, 1000]).Sample((count, isTwice, which) =>
    {
        using var hashes = new KeyHashes();
        for (var i = 0; i < count; i++) hashes.Add(KeyHashes.Of($"{i}"));
        if (isTwice && which < count) hashes.Add(KeyHashes.Of($"{which}"));
        Assert.Equal(isTwice && which < count ? KeyHashes.Of($"{which}") : null, hashes.Twice());
    }, iter: 20);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Two_equal_keys_are_found_among_millions_that_lie_in_a_file(bool isTwice)
    {
        const ulong count = 3_000_000, factor = 0x9E3779B97F4A7C15;
        using var hashes = new KeyHashes();
        // Products with an odd number are distinct.
        for (var i = 0UL; i < count; i++) hashes.Add(unchecked(i * factor));
        var twice = unchecked((count - 2) * factor);
        if (isTwice) hashes.Add(twice);
        Assert.Equal(isTwice ? twice : null, hashes.Twice());
    }
}
