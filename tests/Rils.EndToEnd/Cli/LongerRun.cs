namespace Rils.Tests.Cli;

/// <summary>An uninterrupted run of 120 steps with three checkpoints. Tests compare interrupted runs with it.</summary>
public sealed class LongerRun : IDisposable
{
    public LongerRun()
    {
        Experiment = Toy.Write("longer.toml",
            Toy.Text.Replace("steps = 12\n", "steps = 120\ncheckpoint = { every = 40 }\n"));
        Whole = Toy["whole"];
        Command.Process(["run", Experiment, "--out", Whole, .. HeldRun.Plugin]).Returns(0);
    }

    public Toy Toy { get; } = new();

    public string Experiment { get; }

    public string Whole { get; }

    /// <summary>Begins a run in a folder and stops it by a signal within a step.</summary>
    public void Interrupt(string folder)
    {
        using var run = new HeldRun(step: 9, "run", Experiment, "--out", folder);
        run.Signal(Command.Term);
        Assert.Equal("stopping after this step; a second signal ends rils at once", run.NextError());
        Assert.Matches($@"^stopped by a signal at step 10/120 after \d+s; go on by: rils run --resume {folder}\n$",
            run.LetGo().Returns(130).Error);
    }

    /// <summary>Goes on with a run and asserts that it ends with the bytes of the uninterrupted one.</summary>
    public void AssertEndsAlike(string folder)
    {
        Command.Process(Resume(folder)).Returns(0);
        foreach (var file in (string[])["seed-0/outcome.json",
            "seed-0/metrics.jsonl", "seed-0/rils/model.safetensors", "seed-0/clip/model.safetensors"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(Whole, file)), File.ReadAllBytes(Path.Combine(folder, file)));
    }

    /// <summary>The arguments that begin a run.</summary>
    public string[] Begin(string folder) => ["run", Experiment, "--out", folder, .. HeldRun.Plugin];

    /// <summary>The arguments that go on with a run.</summary>
    public string[] Resume(string folder) => ["run", Experiment, "--resume", folder, .. HeldRun.Plugin];

    public static string[] Checkpoints(string folder) =>
        [.. Directory.GetDirectories(Path.Combine(folder, "seed-0", "checkpoints"))
            .Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public void Dispose() => Toy.Dispose();
}
