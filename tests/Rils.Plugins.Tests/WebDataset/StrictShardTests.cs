using System.Text;
using Rils.Contract;
using Rils.WebDataset;

namespace Rils.Tests.Plugins.WebDataset;

/// <summary>Shards that .NET's tar reader or a lenient reader would read wrong.</summary>
public sealed class StrictShardTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    WebDatasetSource Open(params byte[][] members)
    {
        File.WriteAllBytes(folder.File("a.tar"), TarBytes.File(members));
        return new(new([folder.File("a.tar")], folder.File("cache")));
    }

    string Refusal(params byte[][] members) => Assert.Throws<InvalidDataException>(() => Open(members)).Message;

    static byte[] Bytes(string latin1) => Encoding.Latin1.GetBytes(latin1);

    static string[] All(WebDatasetSource source)
    {
        using (source)
            return [.. Enumerable.Range(0, source.Count).Select(i => source.Read(i))
                .Select(sample => $"{sample.Key}|{Encoding.UTF8.GetString(sample.Image.Span)}|{sample.Caption}")];
    }

    [Fact]
    public void A_changed_bit_of_a_header_is_found_wherever_it_is()
    {
        var whole = TarBytes.File(TarBytes.Member("1.jpg", "i"), TarBytes.Member("1.txt", "t"));
        var second = 2 * TarBytes.Block;
        for (var at = second; at < second + TarBytes.Block; at++)
        {
            var rotten = whole.ToArray();
            rotten[at] ^= 4;
            File.WriteAllBytes(folder.File("a.tar"), rotten);
            var error = Record.Exception(() =>
                new WebDatasetSource(new([folder.File("a.tar")], folder.File("cache"))).Dispose());
            // The zero and the blank behind the checksum's digits carry no information.
            if (at - second is 154 or 155) continue;
            Assert.Contains($"the header at byte {second}, behind `1.jpg`, has a wrong checksum", error?.Message);
        }
    }

    [Fact]
    public void Checksums_of_signed_bytes_are_right_too() =>
        Assert.Equal([@"a/é|i|"],
            All(Open(TarBytes.Member(Encoding.UTF8.GetBytes("é.jpg"), [(byte)'i'], isSigned: true))));

    [Fact]
    public void Lengths_in_base_256_and_in_pax_headers_are_read()
    {
        var length = Encoding.Latin1.GetString([0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
        var large = TarBytes.Member("1.jpg"u8.ToArray(), "abc"u8.ToArray());
        Encoding.Latin1.GetBytes(length).CopyTo(large, 124);
        TarBytes.Seal(large);
        Assert.Equal(["a/1|abc|", "a/2|de|t"], All(Open(
            large, TarBytes.Pax(("size", Bytes("2"))),
            TarBytes.Member("2.jpg"u8.ToArray(), "de"u8.ToArray(), length: "00000000000\0"),
            TarBytes.Member("2.txt", "t"))));
        Encoding.Latin1.GetBytes("\u00FF\u00FF").CopyTo(large, 124);
        TarBytes.Seal(large);
        Assert.Contains("a.tar`", Refusal(large));
        Assert.Contains("it is cut off",
            Refusal(TarBytes.Member("1.jpg"u8.ToArray(), "i"u8.ToArray(), length: "77777777777\0")));
    }

    [Fact]
    public void Sparse_members_are_refused_by_name()
    {
        Assert.Contains("a.tar`: `1.jpg` is a sparse member", Refusal(TarBytes.Member("1.jpg", "i", 'S')));
        Assert.Contains("`real.jpg` is a sparse member", Refusal(
            TarBytes.Pax(("GNU.sparse.major", Bytes("1")), ("GNU.sparse.name", Bytes("real.jpg"))),
            TarBytes.Member("GNUSparseFile.0/real.jpg", "i")));
        Assert.Contains("is a sparse member",
            Refusal(TarBytes.Pax(("GNU.sparse.map", Bytes("0,1"))), TarBytes.Member("1.jpg", "i")));
    }

    [Fact]
    public void Links_give_what_they_lead_to_in_their_shard()
    {
        Assert.Equal(["a/d/1|i|one", "a/d/2|i|one", "a/d/3|i|", "a/d/4|i|", "a/5|i|"], All(Open(
            TarBytes.Member("./d/1.jpg", "i"), TarBytes.Member("./d/1.txt", "one"),
            TarBytes.Member("./d/2.jpg", "", '1', "d/1.jpg"), TarBytes.Member("./d/2.txt", "", '1', "./d/1.txt"),
            TarBytes.Member("./d/3.jpg", "", '2', "1.jpg"), TarBytes.Member("./d/4.jpg", "", '2', "../d/./3.jpg"),
            TarBytes.Member("5.jpg", "", '2', "d/4.jpg"))));
    }

    [Fact]
    public void Links_that_lead_nowhere_are_counted_and_named()
    {
        using var source = Open(
            TarBytes.Member("1.jpg", "i"), TarBytes.Member("2.jpg", "", '2', "/data/2.jpg"),
            TarBytes.Member("2.txt", "two"),
            TarBytes.Member("3.jpg", "", '2', "4.jpg"), TarBytes.Member("4.jpg", "", '2', "3.jpg"),
                TarBytes.Member("5.jpg", "", '2', "../../1.jpg"));
        Assert.Equal(2, source.Count);
        Assert.Equal("sample `a/2` has no image (jpg, jpeg, png, webp); "
            + "it has a .txt, .jpg (a link to `/data/2.jpg`, which is not followed)",
            Assert.Throws<SampleException>(() => source.Read(1)).Message);
        Assert.Equal(["files that belong to no sample are left out: 3, the first is `3.jpg` in `a`. "
            + "A sample is an image (jpg, jpeg, png, webp) and what has its name; leave others out of the shard",
            "links that lead out of their shard are not followed: 4, the first is `2.jpg`, "
                + "a link to `/data/2.jpg` in `a`. Pack the files themselves, by `tar --dereference`"],
            source.Findings.Select(finding => finding.Message));
        Assert.Equal(3, source.Findings.Sum(finding => finding.Lost));
    }

    [Fact]
    public void Names_of_other_encodings_stay_different_and_can_be_told_back()
    {
        Assert.Equal([@"a/caf\xE9|1|", @"a/caf\xE8|2|", @"a/caf\\xE9|3|", @"a/\xF0\x9F|4|", @"a/long/caf\xE9|5|"],
            All(Open(
            TarBytes.Member(Bytes("caf\u00E9.jpg"), "1"u8.ToArray()),
            TarBytes.Member(Bytes("caf\u00E8.jpg"), "2"u8.ToArray()),
            TarBytes.Member(Bytes(@"caf\xE9.jpg"), "3"u8.ToArray()),
            TarBytes.Member(Bytes("\u00F0\u009F.jpg"), "4"u8.ToArray()),
            TarBytes.Pax(("path", Bytes("long/caf\u00E9.jpg"))), TarBytes.Member("x", "5"))));
        using var source = Open(TarBytes.Member(Bytes("caf\u00E9.jpg"), "1"u8.ToArray()));
        Assert.Equal((@"names that are not UTF-8 are shown with \xE9 for such a byte: "
            + @"1, the first is `caf\xE9.jpg` in `a`", 0), (source.Findings[0].Message, source.Findings[0].Lost));
    }

    [Theory]
    [InlineData("web.1.jpg web.1.txt web.2.jpg web.2.txt", "", "Dotted 2 web.1.jpg")]
    [InlineData("web.jpg web.txt web.1.jpg web.1.txt", "web", "Dotted 1 web.1.jpg")]
    [InlineData("web.jpg web.txt web.mask.png web.seg.png web.npy", "web", "")]
    [InlineData("1.jpg 1.png 1.jpeg 1.txt 1.TXT", "1", "Second 3 1.png")]
    [InlineData("1.jpg README 2.bmp .hidden 3.mp4 3.wav", "1", "NoSample 4 README")]
    [InlineData("1.jpg ._1.jpg .DS_Store __meta__.json", "1", "")]
    [InlineData("a.b/1.jpg a.b/1.txt", "a.b/1", "")]
    public void What_is_not_understood_is_counted(string names, string keys, string oddities)
    {
        File.WriteAllBytes(folder.File("a.tar"),
            TarBytes.File([.. names.Split(' ').Select(name => TarBytes.Member(name, "x"))]));
        Assert.Equal(oddities, string.Join(' ', new ShardScanner().Scan(folder.File("a.tar")).Oddities
            .Select(oddity => $"{(OddityKind)oddity.Kind} {oddity.Count} {oddity.Example}")));
        if (keys.Length == 0) return;
        using var source = new WebDatasetSource(new([folder.File("a.tar")], folder.File("cache")));
        Assert.Equal(keys.Split(' ').Select(key => $"a/{key}"),
            Enumerable.Range(0, source.Count).Select(number => source.Read(number).Key));
    }

    [Fact]
    public void Where_no_sample_is_left_the_reason_is_told() =>
        Assert.Matches("no sample with an image .jpg, jpeg, png, webp. in .*; "
            + "images whose names go on .* the first is `w.1.jpg` in `a`", Refusal(TarBytes.Member("w.1.jpg", "i")));

    [Theory]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n",
        "it is no tar file, but a Git LFS pointer: fetch the file itself by `git lfs pull`")]
    [InlineData("<!DOCTYPE html><title>Sign in</title>", "it is no tar file, but an HTML page")]
    [InlineData("PK\u0003\u0004", "it is a zip file")]
    public void What_lies_in_place_of_a_shard_is_named(string content, string message)
    {
        File.WriteAllText(folder.File("a.tar"), content);
        Assert.Contains(message,
            Assert.Throws<InvalidDataException>(() =>
            new WebDatasetSource(new([folder.File("a.tar")], folder.File("cache")))).Message);
    }

    [Fact]
    public void A_file_that_is_none_is_told_so()
    {
        File.WriteAllText(folder.File("a.tar"), new string('x', 4000));
        Assert.Contains("it is no tar file: its first 512 bytes are not a tar header",
            Assert.Throws<InvalidDataException>(() =>
                new WebDatasetSource(new([folder.File("a.tar")], folder.File("cache")))).Message);
    }

    [Theory]
    [InlineData("[01].tar", "`[01]` has no meaning here: write paths of files, with `*` and `?` within a name, "
        + "{000..127} for numbers")]
    [InlineData("x.tar::y.tar", "`::` has no meaning here: ")]
    [InlineData("{x..z}.tar", "`{x..z}` has no meaning here: ")]
    [InlineData("pipe:cat x.tar", "`pipe:cat x.tar` is a command, and samples are read by their places in files: run")]
    [InlineData("http://host/{0..1}.tar", "`http://host/{0..1}.tar` is an address, and samples are read by their "
        + "places in files: download the files first, as by `wget`")]
    [InlineData("s3://bucket/x.tar", "`s3://bucket/x.tar` is an address, and samples are read by their places in "
        + "files: download the files first, as by `aws s3 cp`")]
    public void Patterns_of_other_programs_are_named(string pattern, string message) => Assert.Contains(message,
        Assert.Throws<FileNotFoundException>(() =>
            new WebDatasetSource(new([Path.GetFullPath(pattern, folder.Path)], folder.File("cache")))).Message);
}
