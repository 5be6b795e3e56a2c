using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Training;

/// <summary>The systems that keep a step's loss terms and metrics, and drain them to the host every few
/// steps.</summary>
static class MetricSystems
{
    /// <summary>The number of steps from one drain to the next.</summary>
    public const int Interval = 10;

    public static void Setup(in ArmName arm, out MetricLog log) => log = new(arm.Value);

    public static void Observe(
        in Step step, in RunLength length, in LearningRate rate, in Collected<LossTerm> losses,
        in Collected<Metric> metrics, ref MetricLog log)
    {
        log.Note(losses, static term => term.Name);
        log.Note(metrics, static metric => metric.Name);
        log.Add(step.Number, rate.Value, losses, metrics);
        if ((step.Number + 1) % Interval == 0 || step.Number + 1 == length.Steps) log.Drain();
    }
}
