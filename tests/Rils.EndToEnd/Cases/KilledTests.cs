using Rils.Files;
using Rils.Tests.Cli;

namespace Rils.Tests.Cases;

/// <summary>A process that is killed at any moment leaves a folder from which the same command goes on. The run ends
/// with the bytes of an undisturbed one, and no file of the killed process is left.</summary>
public sealed class KilledTests(KilledTests.WholePhases phases, KilledTests.WholeSweep sweep)
    : IClassFixture<KilledTests.WholePhases>, IClassFixture<KilledTests.WholeSweep>
{
    /// <summary>A run of two phases: one arm takes the weights of another.</summary>
    public sealed class WholePhases() : WholeRun("faults/left-behind-by-kills",
        text => text.Replace("name = \"rils\"", "name = \"rils\"\ninit = { from = \"clip\" }"));

    /// <summary>A sweep of two runs; faults/sweep-killed-before-its-record has the same experiment.</summary>
    public sealed class WholeSweep() : WholeRun("faults/sweep-killed-at-results");

    /// <summary>The numbers of the renames at which a test kills a run of two phases. The main thread renames in this
    /// order: experiment, manifest; for each phase metrics, a checkpoint's state and folder, pictures, samples,
    /// outcome. The arms' thread renames the weights.</summary>
    public static TheoryData<int> RenamesOfPhases => [.. Strace.Moments(22, 2, 9, 22)];

    public static TheoryData<int> FlushesOfPhases => [.. Strace.Moments(60, 30)];

    /// <summary>The numbers of the renames at which a test kills a sweep. The order is: two experiments and the sweep's
    /// record, then the files of each run. The 16th renames the outcome of the first run.</summary>
    public static TheoryData<int> RenamesOfSweep => [.. Strace.Moments(29, 2, 16)];

    [SkippableTheory]
    [MemberData(nameof(RenamesOfPhases))]
    public void A_run_of_two_phases_is_killed_at_a_rename(int number) => Kill(phases, "rename", number);

    [SkippableTheory]
    [MemberData(nameof(RenamesOfSweep))]
    public void A_sweep_is_killed_at_a_rename(int number) => Kill(sweep, "rename", number);

    /// <summary>Kills the run between a rename and the next step: a flush of the folder follows each rename.</summary>
    [SkippableTheory]
    [MemberData(nameof(FlushesOfPhases))]
    public void A_run_is_killed_at_a_flush(int number) => Kill(phases, "fsync", number);

    static void Kill(WholeRun run, string call, int number)
    {
        Skip.IfNot(Strace.IsHere, Strace.Absent);
        var folder = run.New();
        Strace.Inject(call, $"signal=KILL:when={number}", "run", run.Experiment, "--out", folder).Returns(128 + 9);
        run.AssertGoesOn(folder);
    }

    /// <summary>Needs no strace: the test writes the folder as such a kill leaves it.</summary>
    [Fact]
    public void A_sweep_that_was_killed_before_its_record_goes_on()
    {
        var folder = Directory.CreateDirectory(sweep.New()).FullName;
        File.WriteAllText(Path.Combine(folder, "sweep.lock"), "");
        File.WriteAllText(Path.Combine(folder, "batch-4-deadbeef.toml.4711.tmp"), "name = ");
        Assert.Equal($"error: --resume: {folder} was killed before its experiment was written down, "
            + "and nothing was trained: name the experiment's FILE too\n",
            Command.Here("run", "--resume", folder).Returns(2).Error);
        Command.Here("run", sweep.Experiment, "--resume", folder).Returns(0);
        sweep.AssertIsWhole(folder);
    }

    [Fact]
    public void A_sweep_whose_run_was_killed_before_its_outcome_gets_it()
    {
        var folder = sweep.New();
        Command.Here("run", sweep.Experiment, "--out", folder).Returns(0);
        var outcomes = Directory.GetFiles(folder, "outcome.json", SearchOption.AllDirectories);
        Assert.Equal(2, outcomes.Length);
        File.Move(outcomes[0], Leftovers.Beside(outcomes[0]));
        var again = Command.Here("run", "--resume", folder).Returns(0);
        Assert.Equal(1, again.Output.Split('\n').Count(line => line.EndsWith(": finished before")));
        sweep.AssertIsWhole(folder);
    }

    [Fact]
    public void A_run_that_was_killed_before_it_began_goes_on()
    {
        var folder = Directory.CreateDirectory(phases.New()).FullName;
        File.WriteAllText(Path.Combine(folder, "run.lock"), "");
        File.WriteAllText(Path.Combine(folder, "experiment.toml.99.tmp"), "name = ");
        Assert.Contains("was killed before its experiment was written down",
            Command.Here("run", "--resume", folder).Returns(2).Error);
        Command.Here("run", phases.Experiment, "--out", folder).Returns(0);
        phases.AssertIsWhole(folder);
        // A file beside the lock is somebody's, so the folder is not free.
        var other = Directory.CreateDirectory(phases.New()).FullName;
        foreach (var name in (string[])["run.lock", "notes.txt"]) File.WriteAllText(Path.Combine(other, name), "");
        Assert.Contains("holds something already",
            Command.Here("run", phases.Experiment, "--out", other).Returns(2).Error);
    }

    [Fact]
    public void A_finished_run_loses_what_a_kill_left_behind()
    {
        var folder = phases.New();
        Command.Here("run", phases.Experiment, "--out", folder).Returns(0);
        File.WriteAllText(Path.Combine(folder, "seed-0", "rils", "model.safetensors.31.tmp"), "half");
        var unfinished = Directory.CreateDirectory(Path.Combine(folder, "seed-0", "checkpoints",
            "step-000000008.unfinished")).FullName;
        File.WriteAllText(Path.Combine(unfinished, "clip.safetensors"), "half");
        Assert.Contains("already finished", Command.Here("run", "--resume", folder).Returns(0).Output);
        phases.AssertIsWhole(folder);
    }

    /// <summary>A session that wrote the same checkpoint again would have to remove it first.</summary>
    [Fact]
    public void A_checkpoint_that_stands_is_not_written_again()
    {
        var folder = phases.New();
        Command.Here("run", phases.Experiment, "--out", folder).Returns(0);
        var seed = Path.Combine(folder, "seed-0");
        File.Delete(Path.Combine(seed, "outcome.json"));
        var state = Path.Combine(seed, "checkpoints", "step-000000004", "state.json");
        var before = File.GetLastWriteTimeUtc(state);
        using (var process = Command.Start("run", "--resume", folder))
        {
            // The session prints this line before it trains a step.
            while (process.StandardOutput.ReadLine() is { } line
                && !line.Contains("going on from the checkpoint of this step"))
            {
            }
            Command.Signal(process, Command.Term);
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode is 130 or 0, $"exit code {process.ExitCode}");
        }
        Assert.Equal(before, File.GetLastWriteTimeUtc(state));
        phases.AssertGoesOn(folder);
    }
}
