using Rils.Tests.Cli;

namespace Rils.Tests.Cases;

/// <summary>Cases whose data a strict reader refuses, or reads otherwise. Each test is a whole run of the
/// command.</summary>
public sealed class DataCasesTests
{
    static Outcome Run(CaseFolder folder, string name = "out", params string[] more) =>
        Command.Process(["run", folder.Experiment, "--out", folder[name], .. more]);

    /// <summary>A run reads such data without a warning and lists no bad sample.</summary>
    [Theory]
    [InlineData("reports/captions-utf16")]
    [InlineData("reports/classes-bom")]
    [InlineData("reports/hard-links")]
    [InlineData("reports/json-bom")]
    [InlineData("reports/json-caption-list")]
    [InlineData("reports/json-nan")]
    [InlineData("reports/shard-braces")]
    public void Is_read(string name)
    {
        using var folder = new CaseFolder(name);
        var outcome = Run(folder);
        Assert.Equal(0, outcome.Code);
        Assert.DoesNotContain("warn:", outcome.Error);
        Assert.False(File.Exists(folder["out", "seed-0", "bad-samples.jsonl"]));
    }

    [Theory]
    [InlineData("reports/latin1-file-names",
        @"names that are not UTF-8 are shown with \xE9 for such a byte: 6, the first is `caf\xE9.jpg` in `train`")]
    [InlineData("reports/classes-twice", "classes 1 and 3 of ", "have one phrase, \"a crane\"")]
    public void Is_used_with_a_warning(string name, params string[] told)
    {
        using var folder = new CaseFolder(name);
        var outcome = Run(folder);
        Assert.Equal(0, outcome.Code);
        Assert.All(told, part => Assert.Contains(part, outcome.Error));
        Assert.False(File.Exists(folder["out", "seed-0", "bad-samples.jsonl"]));
    }

    [Theory]
    [InlineData("reports/json-lone-surrogate",
        "sample `train/s007`: its .json, the only place where its caption could be, "
            + "has a caption with half of a surrogate pair")]
    [InlineData("faults/caption-lone-surrogate",
        "sample `t/s`: its .json, the only place where its caption could be, "
            + "has a caption with half of a surrogate pair")]
    [InlineData("faults/jpeg-lost-rows",
        "sample `t/s`: the image has lost pixels: VipsJpeg: Corrupt JPEG data: premature end of data segment")]
    [InlineData("reports/message-of-another-image",
        "sample `train/s003`: the bytes are no image that can be decoded: "
            + "unable to call VipsForeignLoadJpegBuffer; VipsJpeg: premature end of JPEG image")]
    public void Is_one_bad_sample_with_a_cause_of_its_own(string name, string cause)
    {
        using var folder = new CaseFolder(name);
        var outcome = Run(folder);
        Assert.Equal(0, outcome.Code);
        Assert.Contains(cause, outcome.Error);
        Assert.DoesNotContain("bad seek", outcome.Error);
        var lines = File.ReadAllLines(folder["out", "seed-0", "bad-samples.jsonl"]);
        Assert.Single(lines.Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!["cause"]!.GetValue<string>())
            .Distinct(),
            told => told.StartsWith(cause, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("reports/classes-latin1", "case.toml:8:11: ",
        "classes.json is not valid UTF-8: byte 0xE9 at offset 18, in line 1")]
    [InlineData("faults/class-list-latin1", "exp.toml:45:11: ",
        "classes.json is not valid UTF-8: byte 0xE9 at offset 5, in line 1")]
    [InlineData("reports/dotted-names-half", "case.toml:4:9: ", "12 of 24 samples, more than 1%, are lost",
        "12, the first is `web.00012.jpg` in `train`")]
    [InlineData("reports/lfs-pointer-tar", "case.toml:4:9: ",
        "it is no tar file, but a Git LFS pointer: fetch the file itself by `git lfs pull`")]
    [InlineData("reports/several-caption-files", "case.toml:3:1: ", "no sample has a caption (`train/s000` ",
        "has an image, .0.txt, .1.txt, .2.txt, .3.txt, .4.txt)",
        ", and arm case reads it: add it to the data")]
    [InlineData("reports/sparse-gnu", "case.toml:4:9: ", "train.tar`: `./s003.jpg` is a sparse member")]
    [InlineData("reports/tar-header-bit-rot", "case.toml:4:9: ",
        "it is damaged: the header at byte 33792, behind `s009.jpg`, has a wrong checksum")]
    public void Is_refused_before_the_run(string name, params string[] told)
    {
        using var folder = new CaseFolder(name);
        var outcome = Run(folder);
        Assert.Equal(2, outcome.Code);
        Assert.All(told, part => Assert.Contains(part, outcome.Error));
        Assert.DoesNotContain("invocation", outcome.Error);
        Assert.False(Directory.Exists(folder["out"]));
    }

    [Theory]
    [InlineData("reports/empty-captions", "has no caption; it has an image, a blank .txt, a .cls")]
    public void Ends_the_run_where_captions_are_read(string name, string told)
    {
        using var folder = new CaseFolder(name);
        var outcome = Run(folder);
        Assert.Equal(1, outcome.Code);
        Assert.Contains(told, outcome.Error);
        Assert.Contains("cannot be used, more than 1%", outcome.Error);
    }

    [Fact]
    public void Images_alone_are_enough_where_no_loss_reads_captions()
    {
        using var folder = new CaseFolder("reports/mae-images-only");
        Assert.Equal(0, Run(folder).Code);
        Assert.False(File.Exists(folder["out", "seed-0", "bad-samples.jsonl"]));
    }

    /// <summary>The threads decode samples in any order, and the list of bad samples has the same bytes each
    /// time.</summary>
    [Fact]
    public void The_list_of_bad_samples_is_the_same_in_every_run()
    {
        using var folder = new CaseFolder("faults/cause-of-another-image");
        string[] lists = [.. Enumerable.Range(0, 4).Select(run =>
        {
            Run(folder, $"out{run}");
            return File.ReadAllText(folder[$"out{run}", "seed-0", "bad-samples.jsonl"]);
        })];
        Assert.Single(lists.Distinct());
        Assert.Contains("sample `t/w0`: the image has lost pixels: "
            + "VipsJpeg: Corrupt JPEG data: premature end of data segment\"", lists[0]);
    }
}
