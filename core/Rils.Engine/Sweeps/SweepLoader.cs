using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Runs.Sweeps;
using Rils.Scheduling;

namespace Rils.Engine.Sweeps;

/// <summary>Works out the <c>[sweep]</c> of a file: its points become arms where they can, else runs. Every run is checked as an experiment of its own.</summary>
public sealed class SweepLoader(PluginRegistry registry)
{
    // Whoever runs one of the experiments hears its warnings then.
    readonly ExperimentLoader loader = new(registry, NullLogger<ExperimentLoader>.Instance);

    /// <summary>Bytes of State that the arms of one run may have together; arms beyond go into further runs. Divided otherwise, no arm gets other bits. Null: half of
    /// what the device has.</summary>
    public long? Memory { get; init; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="sets">Overrides as <c>key=value</c>.</param>
    /// <param name="device">Where the arms will train that name no device: <c>cpu</c>, <c>cuda:0</c>.</param>
    /// <returns>Null where the file has no <c>[sweep]</c>, or cannot be read so far: then it is the affair of <see cref="ExperimentLoader"/>.</returns>
    /// <exception cref="ExperimentException">The sweep is wrong, or one of its experiments.</exception>
    public Sweep? Load(string path, IReadOnlyList<string> sets, string device = "cpu")
    {
        var problems = new Problems();
        if (ExperimentReader.Read(path, sets, ExperimentKeys.All, problems) is not { } tree || tree.Root["sweep"] is null) return null;
        var keys = new SweepReader(tree, registry, problems).Read();
        problems.ThrowIfAny();
        var expansion = new SweepExpansion(tree, keys, registry, problems);
        var arms = expansion.Arms(Reach(expansion, keys, problems));
        problems.ThrowIfAny();
        var (memory, limit) = (new ArmMemory(), Memory ?? ArmMemory.LimitOn(ArmDevices.Of(tree, device)));
        SweepRun[] runs = [.. expansion.Runs().SelectMany(values => Load(expansion, values, arms, memory, limit))];
        return new(runs[0].Settings.Name, keys.Aggregate(1, (product, key) => product * key.Values.Count), [.. keys.Select(key => key.Name)], runs);
    }

    /// <summary>Reads a run of a sweep as it will be read from its own file.</summary>
    /// <exception cref="ExperimentException">Something in it is wrong.</exception>
    public void Check(ExperimentTree tree, string file) => LoadRun(tree, file).Dispose();

    /// <summary>Loads a run of a sweep as it will be read from its own file.</summary>
    /// <exception cref="ExperimentException">Something in it is wrong.</exception>
    public Experiment LoadRun(ExperimentTree tree, string file)
    {
        var problems = new Problems();
        var read = ExperimentReader.ReadText(ResolvedExperiment.Write(tree), file, ExperimentKeys.All, problems);
        problems.ThrowIfAny();
        return loader.Load(read!);
    }

    /// <summary>Reads a run that a sweep's folder has.</summary>
    /// <param name="path">Its experiment.</param>
    /// <param name="sets">Overrides as <c>key=value</c>.</param>
    /// <exception cref="ExperimentException">Something in it is wrong.</exception>
    public Experiment LoadRun(string path, IReadOnlyList<string> sets) => loader.Load(path, sets);

    /// <summary>Which keys which arms have a use for, by the kinds that an arm is given: an arm in which nothing reads the table stays one, shared by all points.</summary>
    Func<SweepKey, string, IReadOnlyList<SweepChoice>, bool> Reach(SweepExpansion expansion, IReadOnlyList<SweepKey> keys, Problems problems)
    {
        var reached = expansion.Kinds().SelectMany(kinds => Reached(expansion.First(kinds), keys).Select(pair => (pair.Key, pair.Arm, Others(pair.Key, pair.Arm, kinds)))).ToHashSet();
        foreach (var key in keys.Where(key => !key.IsOfRuns && !reached.Any(one => one.Key == key)))
            problems.Add(key.At, $"`{key.Name}` in [sweep] changes nothing: nothing reads [{key.Path[0]}] of arm {string.Join(", ", key.Holders)}");
        problems.ThrowIfAny();
        return (key, arm, values) => reached.Contains((key, arm, Others(key, arm, values)));

        // A kind that nothing reads may be read as another.
        static string Others(SweepKey key, string arm, IEnumerable<SweepChoice> values) =>
            string.Join(' ', values.Where(value => value.Key.IsKindOfArms && value.Key != key && value.Key.Holders.Contains(arm)).Select(value => value.Label));
    }

    IReadOnlyList<(SweepKey Key, string Arm)> Reached(ExperimentTree first, IReadOnlyList<SweepKey> keys)
    {
        using var experiment = loader.Load(first);
        var plan = experiment.PlanOf(experiment.NewWorld(seed: 0, device: "cpu"));
        return [.. keys.SelectMany(key => key.Holders.Where(arm => IsRead(key, arm)).Select(arm => (key, arm)))];

        bool IsRead(SweepKey key, string name)
        {
            var (arm, definition) = (plan.Arms.First(arm => arm.Entity.Name == name), experiment.ArmDefinitions.First(arm => arm.Name == name));
            return key.Path[0] == "objective" || ArmCheck.IsRead(arm, definition.Tables[key.Path[0]], registry.Slots);
        }
    }

    /// <summary>The runs of one choice of data, length and precision: one, or as many as memory asks for.</summary>
    IReadOnlyList<SweepRun> Load(SweepExpansion expansion, IReadOnlyList<SweepChoice> values, IReadOnlyList<(ArmTree Tree, SweepArm Arm)> arms, ArmMemory memory, long limit)
    {
        using var experiment = loader.Load(expansion.Tree(expansion.Root(values), arms.Select(arm => arm.Tree)));
        var parts = new SweepParts(arm => memory.Of(experiment, arm), limit).Of(experiment.ArmDefinitions);
        var point = string.Join('-', values.Select(choice => choice.Label));
        var title = string.Join(", ", values.Select(choice => choice.Title));
        return [.. parts.Index().Select(part =>
        {
            var number = parts.Count == 1 ? "" : $"part-{part.Index + 1}";
            var tree = expansion.Tree(experiment.Resolved.Root.Copy(),
                experiment.Resolved.Arms.Where(arm => part.Item.Contains(arm.Name)));
            return new SweepRun(string.Join('-', new[] { point, number }.Where(text => text.Length > 0)), point,
                string.Join(", ", new[] { title, parts.Count == 1 ? "" : $"part {part.Index + 1} of {parts.Count}" }.Where(text => text.Length > 0)),
                SweepExpansion.Texts(values), [.. arms.Select(arm => arm.Arm).Where(arm => part.Item.Contains(arm.Name))], tree, experiment.Settings)
            {
                Sources = experiment.ArmDefinitions.SelectMany(arm => arm.Sources.Select(source => (arm.Name, source))).ToLookup(pair => pair.Name, pair => pair.source),
            };
        })];
    }
}
