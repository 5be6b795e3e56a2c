using Rils.Contract;
using Rils.Runs;
using Rils.Scheduling;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>The systems that turn loss terms into gradients, and gradients into new weights.</summary>
static class LearningSystems
{
    public static void Backward(
        in Collected<LossTerm> losses, in Weights weights, out Gradients gradients, Append<Metric> metrics)
    {
        foreach (var group in weights.Groups) group.Gradient.zero_();
        var total = losses.Select(Weighted).Aggregate(Constant.Plus);
        ActivationCheckpoint.Backward(total);
        gradients = new(weights);
        metrics.Add(new(MetricRow.Loss, total.detach()));
    }

    static Tensor Weighted(LossTerm term)
    {
        if (term.Weight == 1) return term.Value;
        // A plugin's weight may change from step to step.
        Scalar weight = term.Weight;
        var weighted = term.Value * weight;
        GC.KeepAlive(weight);
        return weighted;
    }

    /// <exception cref="ContractException">The schedule's rate is negative, NaN or infinite.</exception>
    public static void Schedule(in ISchedule schedule, in Step step, out LearningRate rate) =>
        rate = new(Rate(schedule, step.Number));

    /// <summary>Asks a schedule for the learning rate of a step, from 0.</summary>
    /// <exception cref="ContractException">The rate is negative, NaN or infinite.</exception>
    internal static double Rate(ISchedule schedule, long step) =>
        schedule.LearningRate(step) is var rate && double.IsFinite(rate) && rate >= 0 ? rate
        : throw new ContractException(
        $"LearningRate of {Held.NameOf(schedule)}: expected a finite number of at least 0, got {rate} for step {step}");

    public static void SetupOptimizer(in IOptimizer optimizer, in Weights weights, out OptimizerState state,
        out FirstUpdate first) =>
        (state, first) = (optimizer.Start(weights), new());

    public static void Optimize(
        in IOptimizer optimizer, in Gradients gradients, in LearningRate rate, in FirstUpdate first,
            ref Weights weights, ref OptimizerState state)
    {
        if (first.IsOver) optimizer.Step(weights, state, rate.Value);
        else first.Watch(optimizer, weights, state, rate.Value);
    }
}
