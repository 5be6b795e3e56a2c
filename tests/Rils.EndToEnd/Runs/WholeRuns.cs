namespace Rils.Tests.Engine.Runs;

/// <summary>Runs that were never stopped: tests that compare with the same one share it, and none changes it.</summary>
public sealed class WholeRuns : IDisposable
{
    readonly TinyExperiment tiny = new();
    readonly Dictionary<string, string> folders = [];

    /// <summary>The folder of the run of a file's text, as overridden.</summary>
    public string Of(string file, params string[] sets)
    {
        var key = string.Join('\n', [File.ReadAllText(file), .. sets]);
        if (!folders.TryGetValue(key, out var folder)) folders[key] = folder = tiny.Run(file, sets: sets);
        return folder;
    }

    /// <summary>A copy of it that a test may spoil.</summary>
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
