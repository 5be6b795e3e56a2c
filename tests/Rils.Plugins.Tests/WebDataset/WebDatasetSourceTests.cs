using System.Formats.Tar;
using System.Text;
using CsCheck;
using Rils.Contract;
using Rils.WebDataset;

namespace Rils.Tests.Plugins.WebDataset;

public sealed class WebDatasetSourceTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    WebDatasetSource Open(params string[] patterns) =>
        new(new([.. patterns.Select(folder.File)], folder.File("cache")));

    static string Text(Sample sample) =>
        $"{sample.Key}|{Encoding.UTF8.GetString(sample.Image.Span)}|{sample.Caption}|{sample.Class}";

    static string[] All(WebDatasetSource source) =>
        [.. Enumerable.Range(0, source.Count).Select(i => Text(source.Read(i)))];

    [Theory]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void Every_kind_of_tar_gives_back_what_was_put_in(TarEntryFormat format)
    {
        var random = new Random(7);
        var expected = new List<(string Key, byte[] Image, string Caption, int Class)>();
        for (var i = 0; i < 40; i++)
        {
            // Long names need the prefix field, a pax record or a GNU long-name entry, each of which moves the offsets.
            var key = i % 3 == 0 ? $"{new string('d', 60)}/{new string('k', 70)}{i:d4}" : $"{i:d6}";
            var image = new byte[random.Next(1, 3000)];
            random.NextBytes(image);
            expected.Add((key, image, $"caption {i} é", i % 7));
        }
        Shard.Write(folder.File("a.tar"), format, expected.SelectMany(item => ((string, byte[])[])
        [
            (item.Key + ".JPG", item.Image), (item.Key + ".txt", Encoding.UTF8.GetBytes(item.Caption + "\n")),
            (item.Key + ".seg.png", [1]), (item.Key + ".cls", Encoding.UTF8.GetBytes($"{item.Class}")),
        ]));
        using var source = Open("a.tar");
        Assert.Equal(expected.Count, source.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            var sample = source.Read(i);
            Assert.Equal("a/" + expected[i].Key, sample.Key);
            Assert.Equal(expected[i].Image, sample.Image.ToArray());
            Assert.Equal(expected[i].Caption, sample.Caption);
            Assert.Equal(expected[i].Class, sample.Class);
        }
    }

    [Fact]
    public void Shards_are_ordered_by_name_and_samples_as_they_lie()
    {
        foreach (var name in (string[])["b-10", "b-9", "B-1"])
            Shard.Write(folder.File(name + ".tar"), ("2.jpg", name + 2), ("1.txt", "one"),
                ("1.jpeg", name + 1), ("2.txt", "two"));
        Shard.Write(folder.File("b-2.tar"), Array.Empty<(string, string)>());
        using var source = Open("b-*.tar", "?-1.tar", "b-9.tar");
        Assert.Equal(
        [
            "B-1/2|B-12|two|", "B-1/1|B-11|one|", "b-10/2|b-102|two|", "b-10/1|b-101|one|",
            "b-9/2|b-92|two|", "b-9/1|b-91|one|",
        ], All(source));
    }

    [Fact]
    public void Shards_of_one_name_in_two_folders_are_told_apart()
    {
        foreach (var name in (string[])["x", "y"])
        {
            Directory.CreateDirectory(folder.File(name));
            Shard.Write(folder.File($"{name}/0.tar"), ("1.png", name));
        }
        using var source = Open("?/*.tar");
        Assert.Equal(["x/0/1|x||", "y/0/1|y||"], All(source));
    }

    [Fact]
    public void A_json_gives_the_caption_only_where_no_txt_does()
    {
        Shard.Write(folder.File("a.tar"),
            ("1.jpg", "i"), ("1.json", """{"caption": " from json "}"""), ("2.json", """{"caption": "no"}"""),
            ("2.jpg", "i"), ("2.txt", "from txt"),
            ("3.jpg", "i"), ("3.json", """{"width": 3}"""), ("4.jpg", "i"), ("4.json", "{"),
            ("5.jpg", "i"), ("5.txt", " \n"), ("5.json", """{"caption": "in its place"}"""), ("6.jpg", "i"),
            ("6.txt", ""), ("6.cls", "1"));
        using var source = Open("a.tar");
        Sample[] samples = [.. Enumerable.Range(0, 6).Select(i => source.Read(i))];
        Assert.Equal(["from json", "from txt", null, null, "in its place", null],
            samples.Select(sample => sample.Caption));
        Assert.StartsWith("its .json, the only place where its caption could be, is broken: ", samples[3].CaptionFault);
        Assert.Equal([3], samples.Index().Where(sample => sample.Item.CaptionFault is not null)
            .Select(sample => sample.Index));
        Assert.Equal(["its .txt is blank, so the caption of its .json is taken"], samples[4].Remarks);
        Assert.Equal(["its .txt is blank, so it has no caption"], samples[5].Remarks);
        Assert.Equal("an image, a blank .txt, a .cls", samples[5].Contents);
    }

    [Fact]
    public void A_bad_sample_is_refused_alone()
    {
        Shard.Write(folder.File("a.tar"), ("1.jpg", "i"), ("2.txt", "t"), ("2.cls", "3"), ("3.jpg", ""), ("4.jpg", "i"),
            ("4.cls", "cat"), ("._5.jpg", "mac"), ("__meta__.json", "{}"));
        using var source = Open("a.tar");
        Assert.Equal(4, source.Count);
        Assert.Equal("a/1|i||", Text(source.Read(0)));
        Assert.Equal("sample `a/2` has no image (jpg, jpeg, png, webp); it has a .txt, a .cls",
            Assert.Throws<SampleException>(() => source.Read(1)).Message);
        Assert.Contains("0 bytes", Assert.Throws<SampleException>(() => source.Read(2)).Message);
        Assert.Equal((null, "its class should be a number from 0, and is `cat`"),
            (source.Read(3).Class, source.Read(3).ClassFault));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => source.Read(-1));
    }

    [Fact]
    public void Any_order_and_any_thread_reads_the_same()
    {
        for (var shard = 0; shard < 5; shard++)
            Shard.Write(folder.File($"{shard}.tar"), Enumerable.Range(0, shard == 2 ? 0 : 17 * shard + 3)
                .SelectMany(i => ((string, string)[])[($"{i}.jpg", new string((char)('a' + i % 26), 100 + i)),
                    ($"{i}.txt", $"{shard} {i}"), ($"{i}.cls", $"{i % 5}")]));
        using var source = Open("*.tar");
        var expected = All(source);
        Gen.Shuffle(Enumerable.Range(0, source.Count).ToArray()).Sample(order =>
            Assert.Equal(order.Select(i => expected[i]), order.Select(i => Text(source.Read(i)))),
                iter: 40, threads: 4);
    }

    [Theory]
    [InlineData("none-*.tar", "no file `none-*.tar`")]
    [InlineData("sub/a.tar", "no folder `sub`")]
    [InlineData("*/a.tar", "no folder `*`")]
    public void A_pattern_without_a_match_is_named_with_what_is_there(string pattern, string problem)
    {
        File.WriteAllText(folder.File("train-000.tar"), "");
        var message = Assert.Throws<FileNotFoundException>(() => Open(pattern)).Message;
        Assert.Contains(folder.File(pattern), message);
        Assert.Contains(problem, message);
        Assert.Contains("train-000.tar", message);
    }

    [Fact]
    public void A_source_without_images_is_refused()
    {
        Shard.Write(folder.File("a.tar"), ("1.txt", "t"));
        Assert.Contains("no sample with an image", Assert.Throws<InvalidDataException>(() => Open("a.tar")).Message);
    }

    [Fact]
    public void Text_is_read_as_the_option_says_and_never_guessed()
    {
        Shard.Write(folder.File("a.tar"), TarEntryFormat.Ustar, ("1.jpg", [1]),
            ("1.txt", [(byte)'c', (byte)'a', (byte)'f', 0xE9]), ("1.cls", [0xE9]));
        using (var source = Open("a.tar"))
        {
            var sample = source.Read(0);
            Assert.Equal((null, null), (sample.Caption, sample.Class));
            Assert.Equal("its caption (.txt) is not valid UTF-8: byte 0xE9 at offset 3, in line 1. "
                + "Save it as UTF-8, or say encoding = \"latin-1\" in [data] where all are", sample.CaptionFault);
            Assert.StartsWith("its class (.cls) is not valid UTF-8", sample.ClassFault);
        }
        using var latin = new WebDatasetSource(new([folder.File("a.tar")], folder.File("cache")),
            new() { Encoding = "latin-1" });
        Assert.Equal("café", latin.Read(0).Caption);
    }

    [Fact]
    public void A_cut_shard_is_refused_wherever_it_is_cut()
    {
        Shard.Write(folder.File("whole.tar"), Enumerable.Range(0, 6)
            .SelectMany(i => ((string, string)[])[($"{i}.jpg", new string('x', 700 * i + 1)), ($"{i}.txt", "t")]));
        var bytes = File.ReadAllBytes(folder.File("whole.tar"));
        var end = bytes.AsSpan().LastIndexOfAnyExcept((byte)0) / 512 * 512 + 512;
        for (var length = 0; length < end + 512; length += 64)
        {
            File.WriteAllBytes(folder.File("cut.tar"), bytes[..length]);
            Assert.Contains("cut.tar", Assert.Throws<InvalidDataException>(() => Open("cut.tar")).Message);
        }
        File.WriteAllBytes(folder.File("cut.tar"), bytes[..(end + 512)]);
        Open("cut.tar").Dispose();
    }

    [Fact]
    public void What_is_no_plain_tar_file_is_refused_with_the_reason()
    {
        Shard.Write(folder.File("a.tar"), ("1.jpg", "i"));
        File.WriteAllBytes(folder.File("joined.tar"),
            [.. File.ReadAllBytes(folder.File("a.tar")), .. File.ReadAllBytes(folder.File("a.tar"))]);
        File.WriteAllBytes(folder.File("zipped.tar"), [0x1F, 0x8B, 8, 0, 0, 0, 0, 0]);
        File.WriteAllText(folder.File("page.tar"), "<html>" + new string('x', 4000));
        Assert.Contains("`cat`", Assert.Throws<InvalidDataException>(() => Open("joined.tar")).Message);
        Assert.Contains("compressed", Assert.Throws<InvalidDataException>(() => Open("zipped.tar")).Message);
        Assert.Contains("page.tar", Assert.Throws<InvalidDataException>(() => Open("page.tar")).Message);
        Assert.Contains("and 2 more files", Assert.Throws<InvalidDataException>(() => Open("*.tar")).Message);
    }

    [Fact]
    public void A_shard_that_changes_while_open_gives_no_samples_any_more()
    {
        Shard.Write(folder.File("a.tar"), ("1.jpg", "i"), ("2.jpg", new string('x', 5000)));
        using var source = Open("a.tar");
        using (var file = new FileStream(folder.File("a.tar"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(2000);
        for (var i = 0; i < 2; i++)
            Assert.Contains("a.tar` changed after it was indexed",
                Assert.Throws<SampleException>(() => source.Read(i)).Message);
    }
}
