using System.Diagnostics.CodeAnalysis;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;
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
        var (arm, seed) = (Path.GetDirectoryName(file)!, Path.GetDirectoryName(Path.GetDirectoryName(file))!);
        var outcome = RunFolder.PhaseFolders(seed).SelectMany(part => PhaseOutcome.TryRead(part)?.Arms ?? [])
            .FirstOrDefault(outcome => outcome.Arm == Path.GetFileName(arm));
        return outcome is null || outcome.Holds(arm, Path.GetFileName(file)) ? null : ArmOutcome.Damaged(file);
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
        var arm = Path.GetDirectoryName(file);
        var root = Path.GetDirectoryName(Path.GetDirectoryName(arm));
        return root is not null && TryRead(root, out var run, out _)
            && run.Arms.Contains(Path.GetFileName(arm)) ? (run, Path.GetFileName(arm)!) : null;
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
