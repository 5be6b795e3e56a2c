using Rils.Configuration;
using Rils.Engine.Plugins;
using Rils.Runs;

namespace Rils.Engine.Sweeps;

/// <summary>Turns an experiment and the keys of its <c>[sweep]</c> into the arms and the roots of its runs.</summary>
sealed class SweepExpansion(
    ExperimentTree tree, IReadOnlyList<SweepKey> keys, PluginRegistry registry, Problems problems)
{
    readonly ILookup<SweepKey, SweepChoice> choices = SweepLabels.Of(keys);

    /// <summary>All combinations of kinds for the arms' tables; one empty combination where no kind is swept.</summary>
    public IReadOnlyList<IReadOnlyList<SweepChoice>> Kinds() =>
        SweepChoice.Product(keys.Where(key => key.IsKindOfArms).Select(Of));

    /// <summary>The experiment with these kinds and the first value of every other key, its arms under their names in
    /// the file. The loader sees from it which key reaches which arm.</summary>
    public ExperimentTree First(IReadOnlyList<SweepChoice> kinds)
    {
        SweepChoice[] first =
            [.. keys.Select(key => kinds.FirstOrDefault(kind => kind.Key == key) ?? choices[key].First())];
        return Tree(Root([.. first.Where(choice => choice.Key.IsOfRuns)]),
            [.. tree.Arms.Select(arm =>
                Arm(arm, arm.Name, [.. first.Where(choice => choice.Key.Holders.Contains(arm.Name))]))]);
    }

    /// <summary>All combinations of the keys that need runs of their own.</summary>
    public IReadOnlyList<IReadOnlyList<SweepChoice>> Runs() =>
        SweepChoice.Product(keys.Where(key => key.IsOfRuns).Select(Of));

    /// <summary>All arms: those of the file in their order, each as many times as the keys that reach it have
    /// values.</summary>
    /// <param name="reaches">Whether an arm with these values has a use for a key.</param>
    public IReadOnlyList<(ArmTree Tree, SweepArm Arm)> Arms(
        Func<SweepKey, string, IReadOnlyList<SweepChoice>, bool> reaches)
    {
        SweptArm[] made = [.. tree.Arms.SelectMany(arm => Made(arm, reaches))];
        new SweepSources(registry, problems).Settle(made);
        var arms =
            made.Select(one => (one.Tree, Arm: new SweepArm(one.Tree.Name, one.Arm, Texts(one.Values)))).ToArray();
        foreach (var name in arms.Select(arm => arm.Arm.Name))
            ExperimentName.Check(name, tree.Root["sweep"]!.Span, problems);
        foreach (var twice in arms.GroupBy(arm => arm.Arm.Name, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1))
            problems.Add(twice.Last().Tree.Span,
                $"[sweep] makes two arms that are called `{twice.Key}`: rename an arm of the file");
        return arms;
    }

    IEnumerable<SweptArm> Made(ArmTree arm, Func<SweepKey, string, IReadOnlyList<SweepChoice>, bool> reaches) =>
        SweepChoice.Product(keys.Where(key => key.Holders.Contains(arm.Name)).Select(Of))
            .Select(all => (IReadOnlyList<SweepChoice>)[.. all.Where(value => reaches(value.Key, arm.Name, all))])
            .DistinctBy(values => Name(arm.Name, values))
            .Select(values => new SweptArm(arm.Name, values, Arm(arm, Name(arm.Name, values), values)));

    /// <summary>The root of a run.</summary>
    public TableNode Root(IReadOnlyList<SweepChoice> values)
    {
        var root = tree.Root.Copy();
        root.Remove("sweep");
        foreach (var length in values.Where(choice => ExperimentKeys.Lengths.Contains(choice.Key.Path[0])))
            ExtendsChain.RemoveLengths(root, keep: entry => values.Any(choice => choice.Key.OwnName == entry.Key));
        SweepChoice.Apply(values, root, ExperimentKeys.All.Lists, problems);
        LetVary(root);
        return root;
    }

    /// <summary>Makes a run's tree, which shares no arm's node with another run.</summary>
    public ExperimentTree Tree(TableNode root, IEnumerable<ArmTree> arms) =>
        new(root, [.. arms.Select(arm => arm with { Tables = arm.Tables.Copy() })])
        {
            Shared = tree.Shared,
            Dropped = tree.Dropped,
        };

    public static Dictionary<string, string> Texts(IEnumerable<SweepChoice> values) =>
        values.ToDictionary(choice => choice.Key.Name, choice => choice.Text);

    static string Name(string arm, IEnumerable<SweepChoice> values) =>
        string.Join('-', values.Select(choice => choice.Label).Prepend(arm));

    IReadOnlyList<SweepChoice> Of(SweepKey key) => [.. choices[key]];

    ArmTree Arm(ArmTree arm, string name, IReadOnlyList<SweepChoice> values)
    {
        var tables = arm.Tables.Copy();
        SweepChoice.Apply(values, tables, ExperimentKeys.All.Lists, problems);
        return arm with { Name = name, Tables = tables };
    }

    /// <summary>Adds the swept keys to <c>vary</c>, so that a file with both need not list them twice.</summary>
    void LetVary(TableNode root)
    {
        if (!root.TryGet("vary", out var vary)) return;
        var given = vary.Value is ArrayNode array ? array.Items : [vary.Value];
        var swept = keys.Where(key => !key.IsOfRuns)
            .Select(key =>
                (Name: key.Path[^1] == "kind" ? string.Join('.', key.Path.SkipLast(1)) : key.OwnName, key.At))
            .DistinctBy(key => key.Name)
            .Where(key => !given.Any(item => item is ScalarNode { Value: string text } && text == key.Name));
        root.Set(
            "vary", vary.KeySpan,
            new ArrayNode(vary.Value.Span, [.. given, .. swept.Select(key => new ScalarNode(key.At, key.Name))]));
    }
}
