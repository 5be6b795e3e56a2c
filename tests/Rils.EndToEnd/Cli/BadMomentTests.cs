using System.Diagnostics;
using Rils.Engine.WeightFiles;
using Rils.Tests.Engine.Plugins;

namespace Rils.Tests.Cli;

/// <summary>Trouble from outside a run: the run ends with a message and keeps what it trained.</summary>
public sealed class BadMomentTests(LongerRun longer) : IClassFixture<LongerRun>
{
    [Fact]
    public void A_signal_leaves_a_checkpoint_and_the_resumed_run_ends_with_the_same_bytes()
    {
        var folder = longer.Toy["signal"];
        longer.Interrupt(folder);
        Assert.Single(LongerRun.Checkpoints(folder));
        longer.AssertEndsAlike(folder);
    }

    [Fact]
    public void A_second_signal_ends_at_once()
    {
        using var run = new HeldRun(step: 3, "run", longer.Experiment, "--out", longer.Toy["twice"]);
        run.Signal(Command.Term);
        Assert.Equal("stopping after this step; a second signal ends rils at once", run.NextError());
        run.Signal(Command.Term);
        var said = run.End().Returns(128 + Command.Term);
        Assert.DoesNotContain("stopped by a signal", said.Output + said.Error);
    }

    [Fact]
    public void A_file_that_may_not_grow_is_named_and_the_last_checkpoint_stays()
    {
        var folder = longer.Toy["limited"];
        longer.Interrupt(folder);
        var before = LongerRun.Checkpoints(folder);
        using var run = new HeldRun(step: 15, "run", longer.Experiment, "--resume", folder);
        // Beyond the limit the system raises SIGXFSZ, which ends a process that does not expect it.
        run.Limit(bytes: 64 << 10);
        var outcome = run.LetGo().Returns(1);
        Assert.Matches($"^error: {folder}/seed-0/[^ ]* would become larger than files may be here \\(ulimit -f",
            outcome.Error);
        Assert.Contains($"make room there, or give access to it, then go on by: rils run --resume {folder}\n",
            outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
        Assert.Equal(before, LongerRun.Checkpoints(folder).Where(name => !name.EndsWith(".unfinished")));
        longer.AssertEndsAlike(folder);
    }

    [SkippableFact]
    public void A_full_disk_is_named_and_the_last_checkpoint_stays()
    {
        var disk = Directory.CreateDirectory(longer.Toy["disk"]).FullName;
        Skip.IfNot(Mount("-t", "tmpfs", "-o", "size=900k", "tmpfs", disk),
            "a small file system cannot be mounted here");
        try
        {
            var folder = Path.Combine(disk, "run");
            var outcome = Command.Process(["run", longer.Experiment, "--out", folder, .. HeldRun.Plugin]).Returns(1);
            Assert.Contains("No space left on device", outcome.Error);
            Assert.Contains($"{folder}/seed-0/", outcome.Error);
            Assert.Contains($"go on by: rils run --resume {folder}\n", outcome.Error);
            Assert.Equal("step-000000040", LongerRun.Checkpoints(folder)[0]);
            Assert.True(Mount("-o", "remount,size=9m", disk));
            longer.AssertEndsAlike(folder);
        }
        finally
        {
            using var unmount = Process.Start("umount", [disk]);
            unmount.Ended();
        }
    }

    [Fact]
    public void A_folder_in_use_is_refused()
    {
        var folder = longer.Toy["held"];
        longer.Interrupt(folder);
        using (File.Open(Path.Combine(folder, "run.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            Assert.StartsWith($"error: --resume: {folder} is in use by another process: "
                + "wait for it, or name another folder",
                Command.Process(longer.Resume(folder)).Returns(2).Error);
        longer.AssertEndsAlike(folder);
    }

    [Fact]
    public void An_arm_that_diverges_keeps_its_last_good_checkpoint_and_the_others_go_on()
    {
        var folder = longer.Toy["poisoned"];
        var file = longer.Toy.Write("poisoned.toml", File.ReadAllText(longer.Experiment)
            .Replace("name = \"clip\"",
                "name = \"clip\"\nobjective = [{ kind = \"contrastive\" }, { kind = \"poison\", from = 55 }]"));
        var outcome = Command.Process("run", file, "--out", folder, "--plugins", FixturePlugins.Of("Fixture.Poison"))
            .Returns(1);
        Assert.Contains("error: arm clip (seed 0) stopped early: "
            + "metrics of arm clip failed at step 59: poison was NaN at step 55: lower the learning rate",
            outcome.Error);
        Assert.Contains("poison was NaN at step 55",
            File.ReadAllText(Path.Combine(folder, "seed-0", "clip", "error.log")));
        Assert.Equal(File.ReadAllBytes(Path.Combine(longer.Whole, "seed-0/rils/model.safetensors")),
            File.ReadAllBytes(Path.Combine(folder, "seed-0/rils/model.safetensors")));
        var kept = Path.Combine(folder, "seed-0", "checkpoints", "step-000000040", "clip.safetensors");
        using var scope = TorchSharp.torch.NewDisposeScope();
        var tensors = SafeTensors.Read(kept);
        Assert.NotEmpty(tensors);
        Assert.All(tensors.Values.Where(tensor => tensor.is_floating_point()),
            tensor => Assert.True(tensor.isfinite().all().item<bool>()));
        Assert.False(File.Exists(Path.Combine(folder, "seed-0", "clip", "model.safetensors")));
    }

    [Theory]
    [InlineData("--out", "{toy}/toy.toml", "error: --out: {toy}/toy.toml is a file: name a folder with --out")]
    [InlineData("--out", "{toy}/toy.toml/run", "error: --out: ")]
    [InlineData("--out", "{toy}", "error: --out: {toy} holds something already: "
        + "go on with it by --resume, name another folder with --out, or remove it")]
    [InlineData("--resume", "{toy}",
        "error: --resume: {toy} is no run folder: it has no run.lock; give the folder that an earlier run printed")]
    [InlineData("--resume", "{toy}/nowhere", "error: --resume: there is no folder {toy}/nowhere")]
    [InlineData("--set", "data.tokenizer.vocabulary={toy}", "vocabulary")]
    [InlineData("--set", "data.train={toy}",
        "--set data.train={toy}: `train` in [data]: `{toy}` is a folder, and no file: kind = \"folder\" "
            + "reads images in class folders")]
    public void A_place_that_cannot_be_used_is_named(string option, string value, string message)
    {
        var root = Path.GetDirectoryName(longer.Experiment)!;
        var outcome = Command.Here("run", longer.Experiment, option, value.Replace("{toy}", root)).Returns(2);
        Assert.Contains(message.Replace("{toy}", root), outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
    }

    [Fact]
    public void An_experiment_that_cannot_be_read_is_named() =>
        Assert.StartsWith($"{longer.Toy["whole"]}: this is a folder",
            Command.Here("check", longer.Whole).Returns(2).Error);

    static bool Mount(params string[] arguments)
    {
        try
        {
            using var mount = Process.Start(new ProcessStartInfo("mount", arguments) { RedirectStandardError = true })!;
            return mount.Ended() == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
