using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rils.Engine.Runs;

/// <summary>The folder of one run: what was asked, by what it was done, and what came out.</summary>
public sealed class RunFolder
{
    static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // A metric that is not a number is written as "NaN".
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    RunFolder(string path) => Path = path;

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>Makes a new folder.</summary>
    /// <exception cref="IOException">There is one with something in it, or it cannot be made.</exception>
    public static RunFolder Create(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        if (File.Exists(full)) throw new IOException($"{full} is a file: name a folder with --out");
        if (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any())
            throw new IOException($"{full} holds something already: name another folder with --out, or remove it");
        Directory.CreateDirectory(full);
        return new(full);
    }

    /// <summary>Removes it, for a run that never began: it was new, so all in it is this run's.</summary>
    public void Discard() => Directory.Delete(Path, recursive: true);

    /// <summary>The folder of a seed.</summary>
    public string Seed(long seed) => Directory.CreateDirectory(System.IO.Path.Combine(Path, $"seed-{seed}")).FullName;

    /// <summary>The folder of an arm of a seed.</summary>
    public string Arm(long seed, string arm) => Directory.CreateDirectory(System.IO.Path.Combine(Seed(seed), arm)).FullName;

    /// <summary>Writes a text file whole or not at all.</summary>
    public void WriteText(string name, string text)
    {
        var target = System.IO.Path.Combine(Path, name);
        File.WriteAllText(target + ".tmp", text);
        File.Move(target + ".tmp", target, overwrite: true);
    }

    /// <summary>Writes a JSON file whole or not at all; keys are in snake_case.</summary>
    public void WriteJson<T>(string name, T value) => WriteText(name, JsonSerializer.Serialize(value, Json) + "\n");
}
