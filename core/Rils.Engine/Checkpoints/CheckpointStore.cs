using System.Globalization;
using Rils.Files;
using Rils.Runs;

namespace Rils.Engine.Checkpoints;

/// <summary>The checkpoints of a seed, a folder each. One is written aside, flushed and renamed: it is whole, or it is not there.</summary>
sealed class CheckpointStore(string seedFolder, int keep, IReadOnlyList<string> arms)
{
    const string StateFile = "state.json";

    readonly string root = Path.Combine(seedFolder, CheckpointFolder.Root);

    /// <summary>Writes a checkpoint; the others are not touched until it stands.</summary>
    /// <param name="state">What it says beside its tensors; their files' hashes are added.</param>
    /// <param name="writers">Writes an arm's tensors into a file, for each arm that runs.</param>
    /// <returns>The absolute path of the checkpoint's folder.</returns>
    /// <exception cref="IOException">There is no space, or the folder cannot be written.</exception>
    public string Write(CheckpointState state, IEnumerable<(string Arm, Action<string> Write)> writers)
    {
        var target = Path.Combine(root, CheckpointFolder.Prefix + state.Step.ToString("D9", CultureInfo.InvariantCulture));
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

    /// <summary>Whether there is a checkpoint of a step, and no newer one.</summary>
    /// <exception cref="InvalidDataException">What the newest says beside its tensors is damaged.</exception>
    public bool Has(long step) => Latest()?.State.Step == step;

    /// <summary>The newest checkpoint; null where there is none.</summary>
    /// <exception cref="InvalidDataException">What it says beside its tensors is damaged.</exception>
    public Checkpoint? Latest() => All().OfType<Checkpoint>().FirstOrDefault();

    /// <summary>Newest first.</summary>
    IEnumerable<Checkpoint?> All() => Folders().Select(Open);

    IEnumerable<string> Folders() => Directory.Exists(root)
        ? Directory.GetDirectories(root, CheckpointFolder.Prefix + "*").Where(folder => !folder.EndsWith(CheckpointFolder.Unfinished, StringComparison.Ordinal)).OrderDescending(StringComparer.Ordinal)
        : [];

    /// <summary>Null for a folder without a state.</summary>
    Checkpoint? Open(string folder)
    {
        var file = Path.Combine(folder, StateFile);
        if (!File.Exists(file)) return null;
        return SealedJson.TryRead<CheckpointState>(File.ReadAllText(file)) is { } state
            && long.TryParse(Path.GetFileName(folder)[CheckpointFolder.Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture,
            out var step) && state.IsOf(step, arms)
            ? new(folder, state)
            : throw new InvalidDataException(
            $"{file} is damaged, or was edited\nremove {folder} to go on from an earlier checkpoint");
    }

    /// <summary>Removes what is older than the last few, except the last one that holds an arm which has failed since.
    /// A process that was killed between writing one and this has left one too many.</summary>
    public void Prune()
    {
        HashSet<string> held = [];
        foreach (var (folder, index) in Folders().ToArray().Select((folder, index) => (folder, index)))
        {
            var first = Directory.GetFiles(folder, "*.safetensors").Select(Path.GetFileName).Where(file => held.Add(file!)).ToArray();
            if (index >= keep && first.Length == 0) Remove(folder);
        }
    }

    /// <summary>Renames first: a folder that is being removed is no checkpoint any more, whenever the process dies.</summary>
    static void Remove(string folder)
    {
        Directory.Move(folder, folder + CheckpointFolder.Unfinished);
        Directory.Delete(folder + CheckpointFolder.Unfinished, recursive: true);
    }
}
