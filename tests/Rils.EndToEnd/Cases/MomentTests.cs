using System.Formats.Tar;
using Rils.Tests.Cli;
using Rils.Tests.Plugins.Imaging;
using Rils.Tests.Plugins.WebDataset;

namespace Rils.Tests.Cases;

/// <summary>A run meets events of its machine: signals, folders that move or vanish, caches and limits.</summary>
public sealed class MomentTests(LongerRun longer) : IClassFixture<LongerRun>
{
    /// <summary>Shell text that runs <c>then</c> in the background as soon as <c>there</c> exists. The wait ends with
    /// the shell, which becomes <c>rils</c>.</summary>
    static string Once(string there, string then) =>
        $"(until [ -e {there} ]; do kill -0 $$ || exit; sleep 0.01; done; {then}) & true";

    static string Begun(string folder) => $"{folder}/seed-0";

    /// <summary>The number of SIGHUP.</summary>
    const int HangUp = 1;

    /// <summary>A run may get SIGHUP twice, from the shell and from the system; the second must not end it at
    /// once.</summary>
    [Fact]
    public void A_terminal_that_is_closed_leaves_a_checkpoint()
    {
        var folder = longer.Toy["hung-up"];
        using var run = new HeldRun(step: 45, longer.Begin(folder));
        run.Signal(HangUp);
        Assert.Equal("stopping after this step; a second signal ends rils at once", run.NextError());
        run.Signal(HangUp);
        Assert.StartsWith("stopped by a signal at step 46/120 ", run.LetGo().Returns(130).Error);
        Assert.NotEmpty(LongerRun.Checkpoints(folder));
        longer.AssertEndsAlike(folder);
    }

    [Fact]
    public void Nohup_is_heeded()
    {
        var folder = longer.Toy["nohup"];
        Command.Shell($"trap '' HUP; {Once(Begun(folder), "kill -HUP $$")}", longer.Begin(folder)).Returns(0);
        longer.AssertEndsAlike(folder);
    }

    [Fact]
    public void A_run_that_is_held_and_let_go_on_ends_alike()
    {
        var folder = longer.Toy["held-up"];
        Command.Shell(Once(Begun(folder), "kill -STOP $$; sleep 0.5; kill -CONT $$"), longer.Begin(folder)).Returns(0);
        longer.AssertEndsAlike(folder);
    }

    [Fact]
    public void A_folder_that_is_moved_away_is_not_begun_again_in_its_place()
    {
        var (folder, moved) = (longer.Toy["moved"], longer.Toy["moved-away"]);
        // The run has so many steps that the move happens within it, however busy the machine is.
        var outcome = Command.Shell(Once($"{folder}/seed-0/checkpoints", $"mv {folder} {moved}"), "run",
            longer.Experiment, "--out", folder, "--set", "steps=20000").Returns(1);
        Assert.Contains($"\n{folder} was removed or moved: put it back and resume it, or begin anew\n", outcome.Error);
        Assert.False(Directory.Exists(folder));
        Assert.True(File.Exists(Path.Combine(moved, "manifest.json")));
    }

    [Fact]
    public void A_current_folder_that_is_gone_is_told()
    {
        var gone = longer.Toy["gone"];
        var outcome = Command.Shell($"mkdir {gone}; cd {gone}; rmdir {gone}", "check", longer.Experiment).Returns(2);
        Assert.Equal("error: the current folder is gone, or cannot be read: go to another one by `cd`\n",
            outcome.Error);
    }

    [Theory]
    [InlineData("unset HOME XDG_CACHE_HOME")]
    [InlineData("unset LANG LC_ALL; export TERM=dumb")]
    [InlineData("unset TERM; export LC_ALL=C")]
    [InlineData("export HOME=/nonexistent XDG_CACHE_HOME=relative")]
    public void Little_of_an_environment_is_enough(string settings) =>
        Command.Shell(settings, "check", longer.Experiment).Returns(0);

    [Fact]
    public void A_cache_that_cannot_be_written_is_done_without_and_named()
    {
        using var files = new CaseFolder("faults/cache-unwritable");
        var outcome = Command.Shell("export XDG_CACHE_HOME=/dev/null", "check", files.Experiment).Returns(0);
        Assert.Matches("^warn: [^ ]* /dev/null/rils cannot be written [^\n]*: indices of data "
            + "are kept in /[^\n]* until this command ends. Name another folder by XDG_CACHE_HOME\n$", outcome.Error);
        var kept = outcome.Error.Split(" are kept in ")[1].Split(' ')[0];
        Assert.False(Directory.Exists(kept), kept);
        Command.Shell("export XDG_CACHE_HOME=/dev/null TMPDIR=/dev/null", "check", files.Experiment).Returns(0);
    }

    [Fact]
    public async Task Runs_of_one_second_have_a_folder_each()
    {
        using var files = new CaseFolder("faults/two-in-one-second");
        var running = Enumerable.Range(0, 4)
            .Select(seed => Task.Run(() =>
            Command.Shell($"cd {files.Path}", "run", files.Experiment, "--set", $"seeds=[{seed}]"))).ToArray();
        var outcomes = await Task.WhenAll(running);
        Assert.All(outcomes, outcome => outcome.Returns(0));
        var folders = Directory.GetDirectories(files["runs"]);
        Assert.Equal(4, folders.Length);
        Assert.Equal([0, 1, 2, 3],
            folders.Select(folder =>
            int.Parse(Path.GetFileName(Directory.GetDirectories(folder, "seed-*").Single())[^1..])).Order());
        foreach (var outcome in outcomes)
            Assert.Contains(folders, folder => outcome.Output.Contains($"everything is in {folder}\n"));
    }

    [Fact]
    public void Too_few_open_files_are_told_with_how_many_are_needed() =>
        Assert.Equal("error: 256 files may be open at once here, "
            + "and rils needs 512: allow more by `ulimit -n 512`, or where the limit is set\n",
            Command.Shell("ulimit -n 256", "check", longer.Experiment).Returns(2).Error);

    [Fact]
    public void More_shards_than_may_be_open_are_read()
    {
        using var toy = new Toy();
        for (var shard = 0; shard < 600; shard++)
            Shard.Write(toy[$"many-{shard:000}.tar"], TarEntryFormat.Ustar,
                [("0.jpg", Picture.Jpeg(Picture.Waves(32, 32), 32, 32)), ("0.txt", "a boat"u8.ToArray())]);
        var text = File.ReadAllText(toy.Experiment).Replace("toy-*.tar", "many-*.tar")
            .Replace("batch = 16", "batch = 60");
        var outcome = Command.Shell("ulimit -n 512", "run", toy.Write("many.toml", text), "--out", toy["run"])
            .Returns(0);
        Assert.Equal("", outcome.Error);
        Assert.DoesNotContain("bad sample", outcome.Output);
    }
}
