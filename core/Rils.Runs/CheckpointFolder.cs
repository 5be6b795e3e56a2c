namespace Rils.Runs;

/// <summary>Names of the folders in which a part of a run keeps its checkpoints.</summary>
static class CheckpointFolder
{
    /// <summary>The folder of all checkpoints, in the folder of a seed or phase.</summary>
    public const string Root = "checkpoints";

    /// <summary>The beginning of the name of a checkpoint's folder; the number of its step follows.</summary>
    public const string Prefix = "step-";

    /// <summary>The end of the name of a checkpoint's folder while a process writes or removes it.</summary>
    public const string Unfinished = ".unfinished";

    /// <summary>Removes the checkpoints that a killed process was writing or removing.</summary>
    /// <param name="part">The folder of a seed or phase.</param>
    public static void RemoveUnfinished(string part)
    {
        var root = Path.Combine(part, Root);
        if (!Directory.Exists(root)) return;
        foreach (var folder in Directory.GetDirectories(root, Prefix + "*" + Unfinished))
            Directory.Delete(folder, recursive: true);
    }
}
