using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Contract;
using Rils.Engine.Slots;

namespace Rils.Engine.Composition;

/// <summary>Finds keys under which a module would see parts of a batch, or the batch twice. A module that looks across
/// samples takes its statistics from the whole batch, once.</summary>
/// <param name="tree">The experiment, for the place of a key.</param>
/// <param name="data">The batch and the chunk.</param>
sealed class StatisticsProblems(ExperimentTree tree, DataSettings data)
{
    const string RecomputeKey = "recompute";

    /// <summary>Reports the keys that do not fit modules whose class says that it looks across samples.</summary>
    public void Check(IEnumerable<ArmDefinition> arms, SlotTable slots, Problems problems)
    {
        foreach (var arm in arms)
            foreach (var (name, table) in arm.Tables)
                if (slots.Find(name) is { TakesSamples: true }
                    && table.Entry.Class is { } made && made.IsAssignableTo(typeof(ILooksAcrossSamples)))
                    problems.Add(Of(arm.Name, table, made.Name));
    }

    /// <summary>The keys that do not fit a module with a layer that looks across samples.</summary>
    /// <param name="arm">The arm's name.</param>
    /// <param name="table">The module's table.</param>
    /// <param name="layer">The layer's name in messages.</param>
    public IReadOnlyList<Problem> Of(string arm, BoundTable table, string layer)
    {
        List<Problem> found = [];
        if (data.Chunk is { } chunk && chunk < data.Batch)
            Add((tree.Root["data"] as TableNode)?["chunk"], $"chunk = {chunk}", MovingStatistics.Parts);
        if (Recomputes(table)) Add(table.Values[RecomputeKey], $"{RecomputeKey} = true", "it twice");
        return found;

        void Add(TomlNode? key, string how, string seen) => found.Add(new(key?.Span ?? table.Span,
            $"{table.Where} of arm {arm} (plugin {table.Entry.Plugin}): {MovingStatistics.Refusal(layer, how, seen)}"));
    }

    static bool Recomputes(BoundTable table) =>
        OptionProperty.Of(table.Entry.Options)
            .FirstOrDefault(option => option.Key == RecomputeKey)?.Property.GetValue(table.Options) is true;
}
