using Rils.Configuration;

namespace Rils.Tests.Engine.Experiments;

/// <summary>A temporary folder of experiment files; messages are shown without its path.</summary>
sealed class ExperimentFolder : IDisposable
{
    public static readonly ExperimentKeys Keys = new(
        new HashSet<string> { "name", "seeds", "epochs", "steps", "samples", "data",
            "checkpoint", "head", "precision" },
        new HashSet<string> { "objective", "head" });

    public string Path { get; } = Directory.CreateTempSubdirectory("rils-experiments-").FullName;

    public Problems Problems { get; } = new();

    public string Shown => string.Join('\n', Problems).Replace(Path + "/", "");

    public string File(string name, string text)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public ExperimentTree? TryRead(string text, params string[] sets) =>
        ExperimentReader.Read(File("x.toml", text), sets, Keys, Problems);

    /// <summary>Reads a sound experiment.</summary>
    public ExperimentTree Read(string text, params string[] sets)
    {
        var tree = TryRead(text, sets);
        Assert.Equal("", Shown);
        return tree!;
    }

    /// <summary>The messages about a wrong experiment.</summary>
    public static string Mistakes(string text, params string[] sets)
    {
        using var folder = new ExperimentFolder();
        folder.TryRead(text, sets);
        return folder.Shown;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
