using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Scheduling;

namespace Rils.Engine.Sweeps;

/// <summary>Works out the <c>[sweep]</c> of a file: its points become arms where they can, otherwise runs. Every run is
/// checked as an experiment of its own.</summary>
public sealed class SweepLoader(PluginRegistry registry)
{
    // The command that runs an experiment logs its warnings.
    readonly ExperimentLoader loader = new(registry, NullLogger<ExperimentLoader>.Instance);

    /// <summary>The most bytes of State for the arms of one run; further arms go into further runs, with the same bits.
    /// Null takes half of the device's memory.</summary>
    public long? Memory { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sets">Overrides as <c>key=value</c>.</param>
    /// <param name="device">The device of the arms that name none: <c>cpu</c>, <c>cuda:0</c>.</param>
    /// <returns>The sweep; null for a file without <c>[sweep]</c>, and for an unreadable file, which
    /// <see cref="ExperimentLoader"/> reports.</returns>
    /// <exception cref="ExperimentException">The sweep or one of its experiments has a mistake.</exception>
    public Sweep? Load(string path, IReadOnlyList<string> sets, string device = "cpu")
    {
        var problems = new Problems();
        if (ExperimentReader.Read(path, sets, ExperimentKeys.All, problems) is not { } tree
            || tree.Root["sweep"] is null) return null;
        var keys = new SweepReader(tree, registry, problems).Read();
        problems.ThrowIfAny();
        var expansion = new SweepExpansion(tree, keys, registry, problems);
        var arms = expansion.Arms(Reach(expansion, keys, problems));
        problems.ThrowIfAny();
        var (memory, limit) = (new ArmMemory(), Memory ?? ArmMemory.LimitOn(ArmDevices.Of(tree, device)));
        SweepRun[] runs = [.. expansion.Runs().SelectMany(values => Load(expansion, values, arms, memory, limit))];
        return new(
            runs[0].Settings.Name, keys.Aggregate(1, (product, key) => product * key.Values.Count),
            [.. keys.Select(key => key.Name)], runs);
    }

    /// <summary>Checks a run of a sweep as it will be read from its own file.</summary>
    /// <exception cref="ExperimentException">The run has a mistake.</exception>
    public void Check(ExperimentTree tree, string file) => LoadRun(tree, file).Dispose();

    /// <summary>Loads a run of a sweep as it will be read from its own file.</summary>
    /// <exception cref="ExperimentException">The run has a mistake.</exception>
    public Experiment LoadRun(ExperimentTree tree, string file)
    {
        var problems = new Problems();
        var read = ExperimentReader.ReadText(ResolvedExperiment.Write(tree), file, ExperimentKeys.All, problems);
        problems.ThrowIfAny();
        return loader.Load(read!);
    }

    /// <summary>Loads a run from a sweep's folder.</summary>
    /// <param name="path">The file of the run's experiment.</param>
    /// <param name="sets">Overrides as <c>key=value</c>.</param>
    /// <exception cref="ExperimentException">The run has a mistake.</exception>
    public Experiment LoadRun(string path, IReadOnlyList<string> sets) => loader.Load(path, sets);

    /// <summary>Finds which arms have a use for which keys, by the kinds that an arm is given. An arm in which nothing
    /// reads the table of a key stays a single arm, which all points share.</summary>
    Func<SweepKey, string, IReadOnlyList<SweepChoice>, bool> Reach(
        SweepExpansion expansion, IReadOnlyList<SweepKey> keys, Problems problems)
    {
        var reached = expansion.Kinds()
            .SelectMany(kinds => Reached(expansion.First(kinds), keys)
                .Select(pair => (pair.Key, pair.Arm, Others(pair.Key, pair.Arm, kinds)))).ToHashSet();
        foreach (var key in keys.Where(key => !key.IsOfRuns && !reached.Any(one => one.Key == key)))
            problems.Add(key.At, $"`{key.Name}` in [sweep] changes nothing: "
                + $"nothing reads [{key.Path[0]}] of arm {string.Join(", ", key.Holders)}");
        problems.ThrowIfAny();
        return (key, arm, values) => reached.Contains((key, arm, Others(key, arm, values)));

        // A table that nothing reads may be read once another table has another kind.
        static string Others(SweepKey key, string arm, IEnumerable<SweepChoice> values) => string.Join(' ', values
            .Where(value => value.Key.IsKindOfArms && value.Key != key && value.Key.Holders.Contains(arm))
            .Select(value => value.Label));
    }

    IReadOnlyList<(SweepKey Key, string Arm)> Reached(ExperimentTree first, IReadOnlyList<SweepKey> keys)
    {
        using var experiment = loader.Load(first);
        var plan = experiment.PlanOf(experiment.NewWorld(seed: 0, device: "cpu"));
        return [.. keys.SelectMany(key => key.Holders.Where(arm => IsRead(key, arm)).Select(arm => (key, arm)))];

        bool IsRead(SweepKey key, string name)
        {
            var arm = plan.Arms.First(arm => arm.Entity.Name == name);
            var definition = experiment.ArmDefinitions.First(arm => arm.Name == name);
            return key.Path[0] == "objective" || ArmCheck.IsRead(arm, definition.Tables[key.Path[0]], registry.Slots);
        }
    }

    /// <summary>The runs of one choice of data, length and precision: one run, or as many as the memory
    /// demands.</summary>
    IReadOnlyList<SweepRun> Load(
        SweepExpansion expansion, IReadOnlyList<SweepChoice> values, IReadOnlyList<(ArmTree Tree, SweepArm Arm)> arms,
        ArmMemory memory, long limit)
    {
        using var experiment = loader.Load(expansion.Tree(expansion.Root(values), arms.Select(arm => arm.Tree)));
        var parts = new SweepParts(arm => memory.Of(experiment, arm), limit).Of(experiment.ArmDefinitions);
        var point = string.Join('-', values.Select(choice => choice.Label));
        var title = string.Join(", ", values.Select(choice => choice.Title));
        var sources = experiment.ArmDefinitions.SelectMany(arm => arm.Sources.Select(source => (arm.Name, source)))
            .ToLookup(pair => pair.Name, pair => pair.source);
        return [.. parts.Index().Select(part =>
        {
            var isOne = parts.Count == 1;
            var tree = expansion.Tree(experiment.Resolved.Root.Copy(),
                experiment.Resolved.Arms.Where(arm => part.Item.Contains(arm.Name)));
            return new SweepRun(
                Joined("-", point, isOne ? "" : $"part-{part.Index + 1}"), point,
                Joined(", ", title, isOne ? "" : $"part {part.Index + 1} of {parts.Count}"),
                SweepExpansion.Texts(values),
                [.. arms.Select(arm => arm.Arm).Where(arm => part.Item.Contains(arm.Name))], tree, experiment.Settings)
            {
                Sources = sources,
            };
        })];
    }

    static string Joined(string separator, params IEnumerable<string> texts) =>
        string.Join(separator, texts.Where(text => text.Length > 0));
}
