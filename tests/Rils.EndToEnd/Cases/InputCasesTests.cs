using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Rils.Tests.Cli;

namespace Rils.Tests.Cases;

/// <summary>Files and command lines that name things which cannot be read, or that mean nothing: a command says so at
/// once.</summary>
public sealed partial class InputCasesTests
{
    /// <summary>Runs a command that must answer within a minute: opening a pipe would wait for ever, and the test shall
    /// fail instead of hanging.</summary>
    static Outcome Soon(CaseFolder folder, string command, params string[] more)
    {
        var answer = Task.Run(() => Command.Here([command, folder.Experiment, .. more]));
        Assert.True(answer.Wait(TimeSpan.FromMinutes(1)), "no answer within a minute");
        return answer.Result;
    }

    [Theory]
    [InlineData("contrastive", "leaves a caption no other to compare with")]
    [InlineData("simclr", "leaves a view no other image to compare with")]
    [InlineData("language", "gives a patch one sentence to choose from")]
    public void A_contrast_within_one_sample_is_refused(string loss, string message)
    {
        using CaseFolder folder = new("reports/batch-1");
        File.AppendAllText(folder.Experiment, loss switch
        {
            "simclr" => "views = { kind = \"simclr\" }\n[[objective]]\nkind = \"simclr\"\nhidden = 8\ndim = 8\n",
            "language" =>
                "[[objective]]\nkind = \"contrastive\"\n[masking]\n"
                    + "kind = \"random\"\n[decoder]\nkind = \"mae\"\n[target]\nkind = \"language\"\n",
            _ => "",
        });
        Assert.Contains($": batch = 1 in [data] {message}, so this loss is always 0: raise `batch`",
            Soon(folder, "check").Returns(2).Error);
        Soon(folder, "check", "--set", "data.batch=2").Returns(0);
    }

    [Fact]
    public void One_sample_is_enough_where_nothing_is_contrasted()
    {
        using CaseFolder folder = new("reports/batch-1");
        File.AppendAllText(folder.Experiment,
            "[masking]\nkind = \"random\"\n[decoder]\nkind = \"mae\"\n"
                + "[target]\nkind = \"pixel\"\n[[arm]]\nname = \"mae\"\nobjective = \"none\"\n");
        Soon(folder, "check").Returns(0);
    }

    [Fact]
    public void Home_is_found_behind_an_equals_sign_and_in_a_file()
    {
        using CaseFolder folder = new("reports/out-tilde");
        var home = Directory.CreateDirectory(folder["home"]).FullName;
        File.Move(folder["train.tar"], Path.Combine(home, "train.tar"));
        File.WriteAllText(folder.Experiment, File.ReadAllText(folder.Experiment)
            .Replace("\"train.tar\"", "\"~/train.tar\"").Replace("../../base.toml", "~/base.toml"));
        foreach (var file in Directory.GetFiles(folder["..", ".."]))
            File.Copy(file, Path.Combine(home, Path.GetFileName(file)));
        Command.Shell($"cd {folder.Path}; export HOME={home}", "run", "case.toml", "--out=~/runs/x", "--set", "steps=1")
            .Returns(0);
        Assert.True(File.Exists(Path.Combine(home, "runs", "x", "seed-0", "outcome.json")));
        Assert.Contains($"\"{home}/train.tar\"", File.ReadAllText(Path.Combine(home, "runs", "x", "experiment.toml")));
        Assert.Contains("already finished",
            Command.Shell($"cd {folder.Path}; export HOME={home}", "run", "--resume=~/runs/x").Returns(0).Output);
        Assert.False(Path.Exists(folder["~"]));
    }

    [Theory]
    [InlineData("--out=~joe/x",
        "--out: ~joe/x begins with ~ and a name: another user's home is not looked up; "
            + "write the whole path, or ./~joe/x for a file of that name here")]
    [InlineData("--set=data.train=~joe/x.tar",
        "`train` in [data] is \"~joe/x.tar\", which begins with ~ and a name: another user's home is not looked up")]
    [InlineData("--set=data.train=https://host/x.tar",
        "`train` in [data] is \"https://host/x.tar\", which is a URL: download what is there, and name the file")]
    [InlineData("--set=data.tokenizer.vocabulary=s3://bucket/bpe.txt",
        "`vocabulary` in [data.tokenizer] is \"s3://bucket/bpe.txt\", which is a URL")]
    [InlineData("--out=https://host/x", "--out: https://host/x is a URL: download what is there, and name the file")]
    public void What_is_no_path_here_is_told_and_nothing_is_made(string option, string message)
    {
        using CaseFolder folder = new("reports/out-tilde");
        var there = Directory.GetFileSystemEntries(folder.Path);
        Assert.Contains(message,
            Soon(folder, "run", [option,
            .. option.StartsWith("--out") ? Array.Empty<string>() : ["--out", folder["none"]]]).Returns(2).Error);
        Assert.Equal(there, Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_pipe_that_is_extended_is_told_at_its_place()
    {
        using CaseFolder folder = new("faults/extends-fifo");
        Assert.Equal(0, MakePipe(folder["pipe.toml"], 0x1A4));
        Assert.Equal($"{folder.Experiment}:1:11: `extends` names {folder["pipe.toml"]}: "
            + "this is a pipe, not an experiment file\n", Soon(folder, "check").Returns(2).Error);
    }

    [Theory]
    [InlineData("pipe", "a pipe")]
    [InlineData("socket", "a socket")]
    [InlineData("/dev/zero", "a device")]
    [InlineData("to-zero", "a device")]
    [InlineData("folder", "a folder")]
    public void A_thing_that_is_no_file_is_refused_wherever_it_is_named(string path, string what)
    {
        using CaseFolder folder = new("reports/weights-nan");
        var named = folder[path];
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        switch (path)
        {
            case "pipe": Assert.Equal(0, MakePipe(named, 0x1A4)); break;
            case "socket":
                // The address of a socket has at most 108 bytes.
                named = Path.Combine(Path.GetTempPath(), $"rils-{Guid.NewGuid():N}"[..12]);
                socket.Bind(new UnixDomainSocketEndPoint(named));
                break;
            case "to-zero": File.CreateSymbolicLink(named, "/dev/zero"); break;
            case "folder": Directory.CreateDirectory(named); break;
        }
        try
        {
            foreach (var key in (string[])["init.path", "data.tokenizer.vocabulary", "data.train"])
            {
                var outcome = Soon(folder, "check",
                    ["--set", $"{key}={named}", .. key == "init.path" ? Array.Empty<string>() : ["--set", "init=none"]])
                    .Returns(2);
                Assert.Contains((what, key) switch
                {
                    ("a folder", "data.train") => $"`{named}` is a folder, and no file",
                    ("a folder", "data.tokenizer.vocabulary") => "there is no file",
                    _ => $"{named} is {what}",
                }, outcome.Error);
            }
            Assert.Equal($"{named}: this is {what}, not an experiment file\n",
                Command.Here("check", named).Returns(2).Error);
            Assert.Contains(what == "a folder" ? "holds no model.safetensors"
                : $"{named} is {what}: name a regular file", Command.Here("weights", named).Returns(2).Error);
        }
        finally
        {
            if (path == "socket") File.Delete(named);
        }
    }

    [Fact]
    public void A_folder_that_loops_is_refused()
    {
        using CaseFolder folder = new("reports/out-tilde");
        var plugin = Directory.CreateDirectory(folder["Looping"]).FullName;
        File.WriteAllText(Path.Combine(plugin, "Looping.dll"), "");
        Directory.CreateSymbolicLink(Path.Combine(plugin, "one"), plugin);
        Directory.CreateSymbolicLink(Path.Combine(plugin, "two"), ".");
        Assert.Contains($"plugin Looping cannot be read: {plugin}/one is a link back to {plugin}, "
            + "which it lies in: remove the link", Soon(folder, "check", "--plugins", plugin).Returns(2).Error);
        Assert.Contains("is a link back to", Command.Here("weights", folder.Path).Returns(2).Error);
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(100_000)]
    public void A_sweep_is_counted_before_its_values_are_compared(int values)
    {
        using CaseFolder folder = new("faults/sweep-of-20000-values");
        using CaseFolder other = new("faults/extends-fifo");
        var list = string.Join(", ", Enumerable.Range(1, values)
            .Select(i => (i / (values + 1.0)).ToString("0.000000", CultureInfo.InvariantCulture)));
        File.WriteAllText(folder.Experiment,
            $"{File.ReadAllText(other.Experiment).Replace("extends = \"pipe.toml\"", "")}\n"
                + $"[sweep]\nmasking.ratio = [{list}]\n");
        Soon(folder, "check", "--set", "sweep=none").Returns(0);
        var watch = Stopwatch.StartNew();
        Assert.EndsWith($"[sweep] makes {values} points, and 1000 are the most: give it fewer values, or fewer keys\n",
            Soon(folder, "check").Returns(2).Error);
        // A comparison of all pairs of values took minutes.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData("masking = { kind = \"random\", ratio = \"TEXT\" }")]
    [InlineData("masking = { kind = \"random\", TEXT = 1 }")]
    [InlineData("masking = { kind = \"TEXT\" }")]
    [InlineData("TEXT = 1")]
    [InlineData("name = \"TEXT\"")]
    [InlineData("vary = [\"TEXT\"]")]
    [InlineData("init = { path = \"/TEXT\" }")]
    [InlineData("init = { from = \"TEXT\" }")]
    [InlineData("data.train = \"/TEXT\"")]
    [InlineData("data.tokenizer = { kind = \"bpe\", vocabulary = \"TEXT\" }")]
    [InlineData("[[head]]\nkind = \"TEXT\"")]
    [InlineData("[[head]]\nname = \"TEXT\"\nkind = \"retrieval\"\n"
        + "data = \"none.tar\"\n[[head]]\nkind = \"retrieval\"\nname = 1\ndata = \"none.tar\"", "none.tar")]
    [InlineData("[[arm]]\nname = \"TEXT\"")]
    [InlineData("[sweep]\nTEXT = [1]")]
    public void A_text_of_a_megabyte_is_cut_in_messages(string lines, string left = "xxx")
    {
        using CaseFolder folder = new("reports/out-tilde");
        File.WriteAllText(folder.Experiment,
            $"extends = \"../../base.toml\"\n{lines.Replace("TEXT", new string('x', 1_000_000))}\n");
        var error = Soon(folder, "check").Returns(2).Error;
        Assert.InRange(error.Length, 20, 10_000);
        Assert.Contains(left, error);
    }

    [Fact]
    public void So_is_an_override_and_the_number_of_mistakes_is_bounded()
    {
        using CaseFolder folder = new("reports/out-tilde");
        Assert.InRange(Soon(folder, "check", "--set", $"data.batch={new string('x', 100_000)}", "--set",
            $"{new string('y', 100_000)}=1").Returns(2).Error.Length, 100, 5_000);
        File.AppendAllText(folder.Experiment,
            string.Concat(Enumerable.Range(0, 5_000).Select(i => $"unknown{i} = 1\n")));
        var lines = Soon(folder, "check").Returns(2).Error.TrimEnd().Split('\n');
        Assert.Equal(101, lines.Length);
        Assert.Equal("and 4900 more mistakes, which rils reports once these are fixed", lines[^1]);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakePipe(string path, uint mode);
}
