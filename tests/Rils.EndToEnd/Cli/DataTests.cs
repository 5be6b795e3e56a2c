using System.Diagnostics;
using System.Formats.Tar;
using System.Text.RegularExpressions;
using Rils.Tests.Golden;
using Rils.Tests.Plugins;
using Rils.Tests.Plugins.WebDataset;

namespace Rils.Tests.Cli;

/// <summary><c>rils data</c> and <c>rils tokenizer</c>, as a user calls them.</summary>
public sealed class DataTests(Toy toy) : IClassFixture<Toy>, IDisposable
{
    static readonly string clipart = Path.Combine(Repository.Root, "experiments", "data", "clipart-mini");

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_printed_lines_make_an_experiment_of_packed_data()
    {
        var packed = folder.File("packed");
        var outcome = Command.Here("data", "pack", toy["toy-0.tar"], "--to", packed, "--val", "0.3").Returns(0);
        Assert.Equal($"{toy["toy-0.tar"]}: read as kind webdataset; another one: --kind\n", outcome.Error);
        var lines = outcome.Output.Split("# an experiment for a file in this folder:\n")[1];
        var quickstart = Path.Combine(Repository.Root, "experiments", "quickstart.toml");
        Assert.StartsWith($"extends = \"{quickstart}\"\nname    = \"packed\"\n\n[data]\n", lines);
        Command.Here("check", toy.Write("printed.toml", lines), "--set", "data.batch=16").Returns(0);
        var experiment = toy.Write("packed.toml", lines.Replace(quickstart, "toy.toml"));
        Assert.InRange(File.ReadAllLines(experiment).Length, 1, 11);
        Command.Process("run", experiment, "--out", folder.File("run"), "--set", "steps=4").Returns(0);
    }

    [Fact]
    public void The_printed_lines_for_images_without_captions_make_an_experiment_that_needs_none()
    {
        var images = folder.File("images");
        Directory.CreateDirectory(images);
        foreach (var number in Enumerable.Range(0, 20))
            File.WriteAllBytes(Path.Combine(images, $"{number}.jpg"), [0xFF, 0xD8, 0xFF, (byte)number]);
        var outcome = Command.Here("data", "pack", images, "--to", folder.File("packed")).Returns(0);
        var lines = outcome.Output.Split("# an experiment for a file in this folder:\n")[1];
        var check = Command.Here("check", toy.Write("printed.toml", lines), "--set", "data.batch=16").Returns(0);
        Assert.Contains("\nmae ", check.Output);
    }

    [Fact]
    public void A_killed_command_goes_on_to_the_same_bytes()
    {
        string[] pack = ["data", "pack", clipart, "--val", "0.1", "--size", "60kB", "--to"];
        Command.Process([.. pack, folder.File("whole")]).Returns(0);
        var kills = 0;
        for (var shard = 3; shard < 60; shard += 9)
        {
            using var process = Command.Start([.. pack, folder.File("killed")]);
            var awaited = folder.File($"killed/train-{shard:D5}.tar");
            Waiting.Until(() => process.HasExited || File.Exists(awaited), () => true, awaited);
            if (process.HasExited) continue;
            process.Kill();
            process.WaitForExit();
            kills++;
        }
        Command.Process([.. pack, folder.File("killed")]).Returns(0);
        Assert.True(kills > 0, "every command ended before it could be killed");
        Assert.Equal(Hashes("whole"), Hashes("killed"));
    }

    [Fact]
    public void A_shard_that_the_disk_does_not_take_is_not_taken_for_whole()
    {
        string[] pack = ["data", "pack", clipart, "--size", "9MB", "--to", folder.File("limited")];
        // Blocks of 1024 bytes: more than libtorch's own file needs, less than the shard.
        var outcome = Command.Shell("export DOTNET_EnableWriteXorExecute=0; ulimit -f 6000", pack).Returns(1);
        Assert.Contains("train-00000.tar would become larger than files may be here", outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
        Assert.Empty(Directory.GetFiles(folder.File("limited"), "*.tar"));
        Command.Process(pack).Returns(0);
        Command.Process("data", "pack", clipart, "--size", "9MB", "--to", folder.File("free")).Returns(0);
        Assert.Equal(Hashes("free"), Hashes("limited"));
    }

    [Theory]
    [InlineData("data", "pack", "--size", "1kB", "--to", "TO")]
    [InlineData("data", "verify")]
    [InlineData("data", "inspect", "--html", "TO")]
    public void A_signal_stops_a_command(params string[] words)
    {
        // Many patterns of the same shards make the data large enough to be stopped in the midst.
        string[] shards = [.. Enumerable.Range(0, 60).Select(copy => folder.File($"copy-{copy}.tar"))];
        foreach (var shard in shards) File.CreateSymbolicLink(shard, Path.Combine(clipart, "train-000.tar"));
        var to = folder.File("stopped");
        using var process = Command.Start([.. words.Select(word => word == "TO" ? to : word), .. shards]);
        // The line of the kind comes when the data is open.
        Assert.EndsWith("read as kind webdataset; another one: --kind", process.StandardError.NextLine());
        Command.Signal(process, Command.Term);
        var (code, _, error) = process.Finished();
        Assert.Equal((130, "stopped by a signal\n"), (code, error));
        Assert.False(File.Exists(to));
    }

    [Fact]
    public void An_inspection_counts_and_shows()
    {
        var page = folder.File("page.html");
        var output = Command.Here("data", "inspect", clipart, "--html", page, "--thumbnails", "25").Returns(0).Output;
        Assert.Matches(@"samples +2,462 ", output);
        Assert.Matches(@"formats +jpg 2,462\s", output);
        Assert.Matches(@"images' width, pixels +64 +64 +64 +64 +64", output);
        Assert.Matches(@"arrow, shape, arrows, shapes +2 +train-000/", output);
        var html = File.ReadAllText(page);
        Assert.Equal(25, Regex.Count(html, "<img src=\"data:image/png;base64,"));
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotMatch("(src|href)=\"(?!data:)", html);
    }

    [Fact]
    public void Duplicates_and_bad_samples_are_found()
    {
        WriteOdd();
        var inspected = Command.Here("data", "inspect", folder.File("odd.tar")).Returns(0).Output;
        Assert.Matches(@"copies of an earlier image +2 ", inspected);
        Assert.Matches(@"3 +odd/a, odd/b, odd/c", inspected);
        Assert.Matches(@"bad samples +2 ", inspected);
        var list = folder.File("bad.txt");
        var verified = Command.Here("data", "verify", folder.File("odd.tar"), "--list", list).Returns(1).Output;
        string[] lines = [.. verified.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("sample `odd/d`: ", lines[0]);
        Assert.StartsWith("sample `odd/e`: its caption (.txt) is not valid UTF-8", lines[1]);
        Assert.Equal("5 samples, 2 bad, 0 findings", lines[2]);
        Assert.Equal(lines[..2], File.ReadAllLines(list));
        Assert.Equal("64 samples, 0 bad, 0 findings\n",
            Command.Here("data", "verify", toy["toy-0.tar"]).Returns(0).Output);
    }

    [Fact]
    public void The_quickstarts_vocabulary_comes_out_of_its_captions()
    {
        var outcome = Command.Here("tokenizer", "learn", Path.Combine(clipart, "train-*.tar"), "--size", "2048",
            "--to", folder.File("bpe.txt")).Returns(0);
        Assert.Contains("2,048 token ids from 2,012 captions", outcome.Output);
        var learned = folder.File("bpe.txt");
        Assert.Contains($"[data.tokenizer]\nkind       = \"bpe\"\nvocabulary = \"{learned}\"", outcome.Output);
        Assert.Equal(File.ReadAllBytes(Path.Combine(clipart, "bpe-2048.txt")), File.ReadAllBytes(learned));
    }

    [Theory]
    [InlineData("nowhere: there is no such file or folder: give the path of the data. Kinds: ",
        "data", "pack", "nowhere", "--to", "x")]
    [InlineData("--kind imagefolders: unknown kind `imagefolders` in [data]",
        "data", "inspect", "CLIPART", "--kind", "imagefolders")]
    [InlineData("--set encodin=latin-1: unknown key `encodin` in [data]; did you mean `encoding`?",
        "data", "verify", "CLIPART", "--set", "encodin=latin-1")]
    [InlineData("--set kind=folder: name the kind by --kind", "data", "verify", "CLIPART", "--set", "kind=folder")]
    [InlineData("CLIPART/README.md: the kind of data does not follow from this name",
        "data", "verify", "CLIPART/README.md")]
    [InlineData("--val is a share of the samples, at least 0 and below 1",
        "data", "pack", "CLIPART", "--to", "x", "--val", "1.5")]
    [InlineData("error: --size 0: this is no size of a file: write 256MB, 1GB or a number of bytes",
        "data", "pack", "CLIPART", "--to", "x", "--size", "0")]
    [InlineData("CLIPART: read as kind webdataset; another one: --kind\nerror: --to: CLIPART holds other files",
        "data", "pack", "CLIPART", "--to", "CLIPART")]
    [InlineData("error: --html no/page.html: the folder of this file does not exist",
        "data", "inspect", "CLIPART", "--html", "no/page.html")]
    [InlineData("--tokenizer clip: no loaded plugin learns a vocabulary for [data.tokenizer] kind `clip`. Kinds that",
        "tokenizer", "learn", "CLIPART", "--size", "600", "--to", "x", "--tokenizer", "clip")]
    [InlineData("--size is a number of token ids, from 1", "tokenizer", "learn", "CLIPART", "--size", "0", "--to", "x")]
    [InlineData("CLIPART: read as kind webdataset; another one: --kind\n"
        + "error: --size 20: a vocabulary of kind \"bpe\" has at least 514 ids",
        "tokenizer", "learn", "CLIPART", "--size", "20", "--to", "x")]
    [InlineData("Unrecognized option '--lst'.", "data", "verify", "CLIPART", "--lst")]
    public void A_mistake_is_named(string message, params string[] words)
    {
        string Filled(string text) => text.Replace("CLIPART", clipart, StringComparison.Ordinal);
        var outcome = Command.Here([.. words.Select(Filled)]).Returns(2);
        Assert.StartsWith(Filled(message), outcome.Error);
        Assert.Equal("", outcome.Output);
        Assert.False(Path.Exists("x"));
    }

    /// <summary>Writes a shard with one image three times, a broken image, and a caption that is no text.</summary>
    void WriteOdd()
    {
        using var first = new TarReader(File.OpenRead(Path.Combine(clipart, "train-000.tar")));
        var image = new MemoryStream();
        first.GetNextEntry()!.DataStream!.CopyTo(image);
        var whole = image.ToArray();
        Shard.Write(folder.File("odd.tar"), TarEntryFormat.Ustar,
        [
            ("a.jpg", whole), ("b.jpg", whole), ("c.jpg", whole), ("d.jpg", whole[..(whole.Length / 2)]),
            ("e.jpg", [.. whole, 0]), ("e.txt", [0xE9, 0x20]),
        ]);
    }

    SortedDictionary<string, string> Hashes(string name) => new(Directory.GetFiles(folder.File(name))
        .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(
            System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))));
}
