using Rils.Tests.Cli;

namespace Rils.Tests.Cases;

/// <summary>A tiny run that nothing disturbed: what disturbed ones are compared with.</summary>
public class WholeRun : IDisposable
{
    /// <summary>Not equal in two runs: it says when the run was begun.</summary>
    const string Manifest = "manifest.json";

    /// <summary>Only there after a failure, whose trace it is.</summary>
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

    /// <summary>A folder that is not there yet.</summary>
    public string New() => files[$"out-{Interlocked.Increment(ref made)}"];

    /// <summary>Goes on with a run, by the same command where the folder has nothing to resume, and asserts that it
    /// ends as the undisturbed one.</summary>
    public void AssertGoesOn(string folder)
    {
        var resumed = Command.Process("run", Experiment, "--out", folder);
        // Then it says what to do instead.
        if (resumed.Code == 2)
        {
            Assert.Contains("go on with it by --resume", resumed.Error);
            resumed = Command.Process("run", "--resume", folder);
        }
        resumed.Returns(0);
        AssertIsWhole(folder);
    }

    /// <summary>Asserts that a folder has every file of the undisturbed run's, to the byte, and no other.</summary>
    public void AssertIsWhole(string folder)
    {
        Assert.Equal(Files(whole), Files(folder));
        foreach (var file in Files(whole).Where(file => Path.GetFileName(file) != Manifest))
            Assert.True(File.ReadAllBytes(Path.Combine(whole, file)).AsSpan()
                .SequenceEqual(File.ReadAllBytes(Path.Combine(folder, file))), file);
    }

    public void Dispose() => files.Dispose();

    /// <summary>All but the log, which holds times, and TensorBoard's, whose names and records do.</summary>
    static string[] Files(string folder) =>
        [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file))
        .Where(file => !file.Contains("/tensorboard/") && file != ErrorLog && Path.GetFileName(file) != Log)
        .Order(StringComparer.Ordinal)];
}
