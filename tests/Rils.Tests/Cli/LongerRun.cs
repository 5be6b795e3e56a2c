namespace Rils.Tests.Cli;

/// <summary>A run of 120 steps with three checkpoints, brought to its end: what interrupted ones are compared to.</summary>
public sealed class LongerRun : IDisposable
{
    public LongerRun()
    {
        Experiment = Toy.Write("longer.toml", Toy.Text.Replace("steps = 12\n", "steps = 120\ncheckpoint = { every = 40 }\n"));
        Whole = Toy["whole"];
        Command.Process("run", Experiment, "--out", Whole).Returns(0);
    }

    public Toy Toy { get; } = new();

    public string Experiment { get; }

    public string Whole { get; }

    /// <summary>Begins a run in a folder and stops it by a signal at its first steps: nothing else is waited for, or it might be over.</summary>
    public void Interrupt(string folder)
    {
        using var process = Command.Start("run", Experiment, "--out", folder);
        while (process.StandardOutput.ReadLine() is { } line && !line.Contains("samples/s"))
        {
        }
        Command.Signal(process, Command.Term);
        process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 130, $"exit code {process.ExitCode}: {error}");
        Assert.Matches($@"stopped by a signal at step \d+/120 after \d+s; go on by: rils run --resume {folder}\n$", error);
    }

    /// <summary>Goes on with a run and asserts that it ends with the bytes of the one that was never interrupted.</summary>
    public void AssertEndsAlike(string folder)
    {
        Command.Process("run", Experiment, "--resume", folder).Returns(0);
        foreach (var file in (string[])["results.json", "seed-0/metrics.jsonl", "seed-0/rils/model.safetensors", "seed-0/clip/model.safetensors"])
            Assert.Equal(File.ReadAllBytes(Path.Combine(Whole, file)), File.ReadAllBytes(Path.Combine(folder, file)));
    }

    public static string[] Checkpoints(string folder) =>
        [.. Directory.GetDirectories(Path.Combine(folder, "seed-0", "checkpoints")).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    public void Dispose() => Toy.Dispose();
}
