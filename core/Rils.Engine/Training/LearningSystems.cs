using Rils.Abstractions;
using Rils.Ecs;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>From loss terms to new weights.</summary>
static class LearningSystems
{
    public static void Backward(in Collected<LossTerm> losses, in Weights weights, out Gradients gradients, Append<Metric> metrics)
    {
        foreach (var group in weights.Groups) group.Gradient.zero_();
        var total = losses.Select(term => term.Weight == 1 ? term.Value : term.Value * term.Weight).Aggregate((sum, term) => sum + term);
        Recompute.Backward(total);
        gradients = new(weights);
        metrics.Add(new(MetricRow.Loss, total.detach()));
    }

    public static void Schedule(in ISchedule schedule, in Step step, out LearningRate rate) => rate = new(schedule.LearningRate(step.Number));

    public static void SetupOptimizer(in IOptimizer optimizer, in Weights weights, out OptimizerState state) => state = optimizer.Start(weights);

    public static void Optimize(in IOptimizer optimizer, in Gradients gradients, in LearningRate rate, ref Weights weights, ref OptimizerState state) =>
        optimizer.Step(weights, state, rate.Value);
}
