using System.Globalization;
using Rils.Files;
using Rils.Runs;

namespace Rils.Engine.Checkpoints;

/// <summary>The checkpoints of a phase of a seed, a folder each. The store writes a checkpoint under another name,
/// flushes it to the disk and then renames it, so that a crash leaves no part of a checkpoint under the final
/// name.</summary>
/// <param name="seedFolder">The path of the folder of the seed's phase.</param>
/// <param name="keep">The number of newest checkpoints that <see cref="Prune"/> keeps.</param>
/// <param name="arms">The names of the arms of the phase.</param>
sealed class CheckpointStore(string seedFolder, int keep, IReadOnlyList<string> arms)
{
    const string StateFile = "state.json";

    readonly string root = Path.Combine(seedFolder, CheckpointFolder.Root);

    /// <summary>Writes a checkpoint, then removes old ones: until the new checkpoint is complete, all others
    /// stay.</summary>
    /// <param name="state">The checkpoint's state; the store sets the hashes of the arms' files.</param>
    /// <param name="writers">For each arm that runs, the action that writes the arm's tensors into a file.</param>
    /// <returns>The absolute path of the checkpoint's folder.</returns>
    /// <exception cref="IOException">The disk has no space, or the folder cannot be written.</exception>
    public string Write(CheckpointState state, IEnumerable<(string Arm, Action<string> Write)> writers)
    {
        var step = state.Step.ToString("D9", CultureInfo.InvariantCulture);
        var target = Path.Combine(root, CheckpointFolder.Prefix + step);
        var aside = target + CheckpointFolder.Unfinished;
        CheckpointFolder.RemoveUnfinished(seedFolder);
        DurableFile.MakeFolder(root);
        DurableFile.MakeFolder(aside);
        Dictionary<string, string> hashes = [];
        foreach (var (arm, write) in writers)
        {
            var file = Checkpoint.ArmFile(aside, arm);
            write(file);
            hashes[arm] = FileHash.Of(file);
        }
        DurableFile.WriteText(Path.Combine(aside, StateFile), SealedJson.Write(state with { Sha256 = hashes }));
        if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
        Directory.Move(aside, target);
        Disk.FlushFolder(root);
        Prune();
        return target;
    }

    /// <summary>Whether the newest checkpoint is that of a step.</summary>
    /// <exception cref="InvalidDataException">The state of the newest checkpoint is damaged.</exception>
    public bool Has(long step) => Latest()?.State.Step == step;

    /// <summary>The newest checkpoint; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The state of the newest checkpoint is damaged.</exception>
    public Checkpoint? Latest() => All().OfType<Checkpoint>().FirstOrDefault();

    /// <summary>The checkpoints, newest first; null for a folder without a state.</summary>
    IEnumerable<Checkpoint?> All() => Folders().Select(Open);

    IEnumerable<string> Folders() => Directory.Exists(root)
        ? Directory.GetDirectories(root, CheckpointFolder.Prefix + "*")
            .Where(folder => !folder.EndsWith(CheckpointFolder.Unfinished, StringComparison.Ordinal))
            .OrderDescending(StringComparer.Ordinal)
        : [];

    Checkpoint? Open(string folder)
    {
        var file = Path.Combine(folder, StateFile);
        if (!File.Exists(file)) return null;
        var digits = Path.GetFileName(folder)[CheckpointFolder.Prefix.Length..];
        return SealedJson.TryRead<CheckpointState>(File.ReadAllText(file)) is { } state
            && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            && state.IsOf(step, arms)
            ? new(folder, state)
            : throw new InvalidDataException(
                $"{file} is damaged, or was edited\nremove {folder} to go on from an earlier checkpoint");
    }

    /// <summary>Removes old checkpoints. The newest ones stay, and so does the newest checkpoint of each arm that has
    /// failed since. A run calls this method at its beginning too: a process that was killed after writing a checkpoint
    /// left one too many.</summary>
    public void Prune()
    {
        HashSet<string> held = [];
        foreach (var (folder, index) in Folders().ToArray().Select((folder, index) => (folder, index)))
        {
            var first = Directory.GetFiles(folder, "*.safetensors").Select(Path.GetFileName)
                .Where(file => held.Add(file!)).ToArray();
            if (index >= keep && first.Length == 0) Remove(folder);
        }
    }

    /// <summary>Renames a folder, then removes it, so that a process which dies in between leaves no part of a
    /// checkpoint under its final name.</summary>
    static void Remove(string folder)
    {
        Directory.Move(folder, folder + CheckpointFolder.Unfinished);
        Directory.Delete(folder + CheckpointFolder.Unfinished, recursive: true);
    }
}
