namespace Rils.Runs;

/// <summary>Names of the folders in which a part of a run keeps its checkpoints.</summary>
static class CheckpointFolder
{
    /// <summary>The folder of all checkpoints, in the folder of a seed or phase.</summary>
    public const string Root = "checkpoints";

    /// <summary>A checkpoint's folder begins so; the number of its step follows.</summary>
    public const string Prefix = "step-";

    /// <summary>The folder of a checkpoint that is being written or removed ends so.</summary>
    public const string Unfinished = ".unfinished";

    /// <summary>Removes what a killed process has left: checkpoints that it was writing or removing.</summary>
    /// <param name="part">The folder of a seed or phase.</param>
    public static void RemoveUnfinished(string part)
    {
        var root = Path.Combine(part, Root);
        if (!Directory.Exists(root)) return;
        foreach (var folder in Directory.GetDirectories(root, Prefix + "*" + Unfinished))
            Directory.Delete(folder, recursive: true);
    }
}
