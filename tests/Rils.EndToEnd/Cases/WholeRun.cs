using Rils.Tests.Cli;

namespace Rils.Tests.Cases;

/// <summary>A tiny run that nothing disturbed. Tests compare disturbed runs with it.</summary>
public class WholeRun : IDisposable
{
    /// <summary>This file differs between any two runs, since it holds the time of the start.</summary>
    const string Manifest = "manifest.json";

    /// <summary>This file holds the trace of a failure, so an undisturbed run has none.</summary>
    const string ErrorLog = "error.log";

    /// <summary>Says when what happened.</summary>
    const string Log = "run.log";

    readonly CaseFolder files;
    readonly string whole;
    int made;

    public WholeRun() : this("faults/fsync-fails")
    {
    }

    private protected WholeRun(string name, Func<string, string>? change = null)
    {
        files = new(name);
        if (change is not null) File.WriteAllText(Experiment, change(File.ReadAllText(Experiment)));
        whole = New();
        Command.Process("run", Experiment, "--out", whole).Returns(0);
    }

    public string Experiment => files.Experiment;

    /// <summary>The path of a new folder, which the run makes.</summary>
    public string New() => files[$"out-{Interlocked.Increment(ref made)}"];

    /// <summary>Goes on with a run and asserts that it ends as the undisturbed one. The command of the start suffices
    /// where the folder has nothing to resume.</summary>
    public void AssertGoesOn(string folder)
    {
        var resumed = Command.Process("run", Experiment, "--out", folder);
        // Exit code 2: the folder holds a run that can be resumed, and the message says how.
        if (resumed.Code == 2)
        {
            Assert.Contains("go on with it by --resume", resumed.Error);
            resumed = Command.Process("run", "--resume", folder);
        }
        resumed.Returns(0);
        AssertIsWhole(folder);
    }

    /// <summary>Asserts that a folder has the same files as the undisturbed run, with the same bytes, and no
    /// other.</summary>
    public void AssertIsWhole(string folder)
    {
        Assert.Equal(Files(whole), Files(folder));
        foreach (var file in Files(whole).Where(file => Path.GetFileName(file) != Manifest))
            Assert.True(File.ReadAllBytes(Path.Combine(whole, file)).AsSpan()
                .SequenceEqual(File.ReadAllBytes(Path.Combine(folder, file))), file);
    }

    public void Dispose() => files.Dispose();

    /// <summary>The paths of all files below a folder but the log, which holds times, and those of TensorBoard, whose
    /// names and records hold times.</summary>
    static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file))
        .Where(file => !file.Contains("/tensorboard/") && file != ErrorLog && Path.GetFileName(file) != Log)
        .Order(StringComparer.Ordinal)];
}
