using System.Diagnostics.CodeAnalysis;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Engine.WeightFiles;
using Rils.Runs;

namespace Rils.Engine.Composition;

/// <summary>An earlier run from which arms take weights. The run need not be finished, but each file of weights
/// is.</summary>
sealed class SourceRun
{
    readonly string folder;
    readonly ExperimentTree tree;

    SourceRun(string folder, ExperimentTree tree) => (this.folder, this.tree) = (folder, tree);

    public IReadOnlyList<string> Arms => [.. tree.Arms.Select(arm => arm.Name)];

    public IReadOnlyList<long> Seeds => FinishedRun.SeedsOf(tree);

    public string FileOf(long seed, string arm) =>
        Path.Combine(folder, RunFolder.SeedFolder(seed), arm, RunFolder.WeightsFile);

    /// <summary>Why an arm's weights differ from those that its run wrote; null where they do not, and where the run
    /// has not ended for the seed, so that no hash is known.</summary>
    /// <param name="file">The path of the weights in the folder of the arm.</param>
    public static string? Damage(string file)
    {
        var outcome = Places(file).SelectMany(place => RunFolder.PhaseFolders(place.Seed)
            .SelectMany(part => ArmOutcome.WithAverages(PhaseOutcome.TryRead(part)?.Arms ?? []))
            .Where(outcome => outcome.Arm == place.Arm)).FirstOrDefault();
        return outcome is null || outcome.Holds(Path.GetDirectoryName(file)!, Path.GetFileName(file))
            ? null : ArmOutcome.Damaged(file);
    }

    /// <summary>Reads the experiment of a run.</summary>
    public static bool TryRead(string folder, [NotNullWhen(true)] out SourceRun? run, out string why)
    {
        var file = Path.Combine(folder, RunFolder.ExperimentFile);
        var damage = new Problems();
        var tree = File.Exists(file) ? ExperimentReader.Read(file, [], ExperimentKeys.All, damage) : null;
        run = tree is null || damage.Count > 0 ? null : new(folder, tree);
        why = "";
        if (run is not null) return true;
        why = !Directory.Exists(folder) ? $"{folder} does not exist: name the folder that an earlier run printed"
            : File.Exists(file) ? $"{file} is damaged: {damage.FirstOrDefault()}"
            : $"{folder} is no run folder: it has no {RunFolder.ExperimentFile}; "
                + "name the folder that an earlier run printed";
        return false;
    }

    /// <summary>The run and the arm in whose folder a file of weights lies; null for a file outside a run.</summary>
    public static (SourceRun Run, string Arm)? Around(string file)
    {
        foreach (var (seed, name) in Places(file))
            if (Path.GetDirectoryName(seed) is { } root && TryRead(root, out var run, out _)
                && run.Arms.Contains(ArmAverage.ArmOf(name))) return (run, ArmAverage.ArmOf(name));
        return null;
    }

    /// <summary>The arm that a file of weights describes, and its experiment, by which the file can be used outside its
    /// run; null for a file that no run wrote.</summary>
    /// <exception cref="InvalidDataException">The description is damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static (SourceRun Run, string Arm)? DescribedBy(string file)
    {
        if (ModelDescription.Find(file) is not { } described) return null;
        var damage = new Problems();
        return ExperimentReader.ReadText(described.Experiment, file, ExperimentKeys.All, damage) is { Arms: [var arm] }
            tree && damage.Count == 0 ? (new(Path.GetDirectoryName(file)!, tree), arm.Name)
            : throw new InvalidDataException(
                $"{file}: the experiment in the file's __metadata__ is damaged: {damage.FirstOrDefault()}");
    }

    /// <summary>The places in a run that a file of weights may have: the folder of the seed, and the name of the arm or
    /// of its average.</summary>
    static IEnumerable<(string Seed, string Arm)> Places(string file)
    {
        var folder = Path.GetDirectoryName(file);
        if (Path.GetDirectoryName(folder) is not { } above) yield break;
        yield return (above, Path.GetFileName(folder)!);
        if (Path.GetFileName(folder) == ArmAverage.Folder && Path.GetDirectoryName(above) is { } seed)
            yield return (seed, ArmAverage.NameOf(Path.GetFileName(above)));
    }

    /// <summary>The backbone of an arm; null after reporting why it cannot be made here.</summary>
    public BoundTable? Backbone(string arm, PluginRegistry registry, Problems problems)
    {
        var own = tree.Arms.First(own => own.Name == arm);
        var name = registry.Slots.Of<Backbone>().Table;
        if (own.Tables[name] is { } table)
            return new TableBinder(registry, new OptionAddresses(tree, registry), problems)
                .Bind(table, name, $"[{name}]");
        problems.Add(own.Span, $"arm {arm} has no [{name}]");
        return null;
    }
}
