using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;

namespace Rils.Engine.Sweeps;

/// <summary>Finds the source of an arm's weights where a sweep makes several arms from the one that the table names:
/// the source is the arm with the same values.</summary>
/// <param name="registry">The kinds, which say which tables take weights.</param>
/// <param name="problems">The list that takes mistakes.</param>
sealed class SweepSources(PluginRegistry registry, Problems problems)
{
    /// <summary>Writes the names that sources have in the sweep into the tables that take weights.</summary>
    /// <param name="arms">All arms of the sweep.</param>
    public void Settle(IReadOnlyList<SweptArm> arms)
    {
        HashSet<(string, string)> told = [];
        foreach (var taker in arms)
            foreach (var table in taker.Tree.Tables.Entries.Where(TakesFromArm).Select(entry => (TableNode)entry.Value))
            {
                table.TryGet("from", out var from);
                var name = table.Text("from")!;
                SweptArm[] meant = [.. arms.Where(arm => arm.Arm == name && Agree(arm.Values, taker.Values))];
                if (meant.Length == 1)
                    table.Set("from", from.KeySpan, new ScalarNode(from.Value.Span, meant[0].Tree.Name));
                else if (meant.Length > 1 && told.Add((taker.Arm, name))) Refuse(taker.Arm, name, meant);
            }
    }

    bool TakesFromArm(TomlEntry entry) =>
        entry.Value is TableNode table && table.Text("from") is not null && table["run"] is null
        && (registry.Find(entry.Key, null) ?? registry.Find(entry.Key, table.Text("kind")))?.Options.IsAssignableTo(
            typeof(PretrainedOptions)) == true;

    /// <summary>Whether the keys that two arms share have the same values in both.</summary>
    static bool Agree(IReadOnlyList<SweepChoice> values, IReadOnlyList<SweepChoice> others) =>
        values.All(value => others.All(other => other.Key != value.Key || other.Label == value.Label));

    void Refuse(string taker, string source, IReadOnlyList<SweptArm> meant)
    {
        var key = meant.SelectMany(arm => arm.Values).First(value => !meant.All(arm => arm.Values.Contains(value))).Key;
        problems.Add(key.At, $"`{key.Name}` in [sweep] makes {meant.Count} arms of {source}, "
            + $"and arm {taker}, which takes weights from it, has no value of this key: "
            + $"sweep both by {key.OwnName}, so that each takes from its like, "
            + $"or only arms that nobody takes from, by arm.NAME.{key.OwnName}");
    }
}
