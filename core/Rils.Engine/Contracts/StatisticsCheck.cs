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
        var statistics = new StatisticsProblems(experiment.Tree, experiment.Data.Settings);
        foreach (var part in parts)
        {
            if (experiment.Registry.Slots.Of(part.Module) is not { TakesSamples: true } slot) continue;
            if (new MovingStatistics(part.Module).Moving is not { } layer) continue;
            var table = experiment.ArmDefinitions.First(own => own.Name == arm).Tables[slot.Table];
            if (statistics.Of(arm, table, layer) is { Count: > 0 } problems)
                throw new ExperimentException([.. problems]);
        }
    }
}
