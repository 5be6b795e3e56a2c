using System.Diagnostics.CodeAnalysis;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Runs;

namespace Rils.Engine.Composition;

/// <summary>An earlier run that weights are taken from. It need not be finished: each file of weights is.</summary>
sealed class SourceRun
{
    readonly string folder;
    readonly ExperimentTree tree;

    SourceRun(string folder, ExperimentTree tree) => (this.folder, this.tree) = (folder, tree);

    public IReadOnlyList<string> Arms => [.. tree.Arms.Select(arm => arm.Name)];

    public IReadOnlyList<long> Seeds => FinishedRun.SeedsOf(tree);

    public string FileOf(long seed, string arm) => Path.Combine(folder, RunFolder.SeedFolder(seed), arm, RunFolder.WeightsFile);

    /// <summary>Why an arm's weights are not what its run wrote; null where they are, and where the run has not ended
    /// for the seed, so that nothing tells.</summary>
    /// <param name="file">In the folder of the arm.</param>
    public static string? Damage(string file)
    {
        var (arm, seed) = (Path.GetDirectoryName(file)!, Path.GetDirectoryName(Path.GetDirectoryName(file))!);
        var outcome = RunFolder.Parts(seed).SelectMany(part => PhaseOutcome.TryRead(part)?.Arms ?? [])
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
        why = run is not null ? ""
            : !Directory.Exists(folder) ? $"{folder} does not exist: name the folder that an earlier run printed"
            : !File.Exists(file) ? $"{folder} is no run folder: it has no {RunFolder.ExperimentFile}; name the folder that an earlier run printed"
            : $"{file} is damaged: {damage.FirstOrDefault()}";
        return run is not null;
    }

    /// <summary>The run and arm that a file of weights lies in; null where it lies in none.</summary>
    public static (SourceRun Run, string Arm)? Around(string file)
    {
        var arm = Path.GetDirectoryName(file);
        var root = Path.GetDirectoryName(Path.GetDirectoryName(arm));
        return root is not null && TryRead(root, out var run, out _) && run.Arms.Contains(Path.GetFileName(arm)) ? (run, Path.GetFileName(arm)!) : null;
    }

    /// <summary>The backbone of an arm; null where it cannot be made here, which is told.</summary>
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
