namespace Rils.Tests.Engine.Runs;

/// <summary>Runs that were never stopped. Tests that compare with the same run share it, and no test changes
/// it.</summary>
public sealed class WholeRuns : IDisposable
{
    readonly TinyExperiment tiny = new();
    readonly Dictionary<string, string> folders = [];

    /// <summary>The folder of the run of an experiment file with overrides; the first call trains it.</summary>
    public string Of(string file, params string[] sets)
    {
        var key = string.Join('\n', [File.ReadAllText(file), .. sets]);
        if (!folders.TryGetValue(key, out var folder)) folders[key] = folder = tiny.Run(file, sets: sets);
        return folder;
    }

    /// <summary>Copies the folder of a run, so that a test may spoil the copy.</summary>
    public void Copy(string file, string[] sets, string to)
    {
        var whole = Of(file, sets);
        foreach (var path in Directory.GetFiles(whole, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(whole, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
    }

    public void Dispose() => tiny.Dispose();
}
