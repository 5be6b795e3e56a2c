using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Engine.Composition;

/// <summary>Stands in a plan for what is not made yet, or cannot be: a plan asks whether it is there, and nothing of
/// it.</summary>
sealed class Unmade : IMasking, IOptimizer, ISchedule
{
    public int Visible(int patches) => throw Asked();

    public PatchMask Mask(Tensor noise, PatchGrid grid) => throw Asked();

    public OptimizerState Start(Weights weights) => throw Asked();

    public void Step(Weights weights, OptimizerState state, double learningRate) => throw Asked();

    public double LearningRate(long step) => throw Asked();

    static InvalidOperationException Asked() => new("a plan's stand-in is never run");
}
