using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;

namespace Rils.Engine.Contracts;

/// <summary>Refuses batch norm in a model that sees parts of a batch, or the batch twice.</summary>
sealed class StatisticsCheck(Experiment experiment, string arm)
{
    /// <exception cref="ExperimentException">An arm has batch norm and such a key; the message names the
    /// key.</exception>
    public void Check(IReadOnlyList<Trainable> parts)
    {
        foreach (var part in parts)
        {
            if (experiment.Registry.Slots.Of(part.Module) is not { TakesSamples: true } slot) continue;
            if (new MovingStatistics(part.Module).Moving is not { } layer) continue;
            var (table, data) = (experiment.ArmDefinitions.First(own => own.Name == arm).Tables[slot.Table],
                experiment.Data.Settings);
            if (data.Chunk is { } chunk && chunk < data.Batch)
                Refuse(table, (experiment.Tree.Root["data"] as TableNode)?["chunk"], layer, $"chunk = {chunk}",
                    MovingStatistics.Parts);
            if (Recomputes(table))
                Refuse(table, table.Values[RecomputeKey], layer, $"{RecomputeKey} = true", "it twice");
        }
    }

    const string RecomputeKey = "recompute";

    static bool Recomputes(BoundTable table) =>
        OptionProperty.Of(table.Entry.Options)
            .FirstOrDefault(option => option.Key == RecomputeKey)?.Property.GetValue(table.Options) is true;

    void Refuse(BoundTable table, TomlNode? key, string layer, string how, string seen)
    {
        var refusal = MovingStatistics.Refusal(layer, how, seen);
        throw new ExperimentException(
            [new(key?.Span ?? table.Span, $"{table.Where} of arm {arm} (plugin {table.Entry.Plugin}): {refusal}")]);
    }
}
