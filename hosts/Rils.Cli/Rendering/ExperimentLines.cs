using System.Globalization;
using Rils.Analysis;
using Rils.Contract;
using Rils.Engine.Composition;

namespace Rils.Cli.Rendering;

/// <summary>Writes an experiment's size in a few lines.</summary>
static class ExperimentLines
{
    public static IEnumerable<string> Of(Experiment experiment)
    {
        var context = experiment.Context;
        var samples = context.Steps * context.BatchSize;
        var epochs = (context.Steps / (double)context.StepsPerEpoch).ToString("0.##", CultureInfo.InvariantCulture);
        yield return $"{experiment.Settings.Name} can be run.";
        yield return $"seeds    {string.Join(", ", experiment.Settings.Seeds)}";
        yield return $"steps    {Figures.Count(context.Steps)} of {context.BatchSize} samples, "
            + (experiment.Phases.Count > 1 ? "for each phase of a seed" : "for each seed");
        if (experiment.Phases.Count > 1) yield return $"phases   {ArmLines.Phases(experiment)}";
        yield return $"samples  {Figures.Count(samples)}: {epochs} epochs of "
            + $"{Figures.Count(context.StepsPerEpoch)} steps over {Figures.Count(experiment.Samples)} samples";
        yield return $"heads    {(experiment.Heads.Count == 0 ? "none" : string.Join(", ", experiment.Heads))}";
    }
}
