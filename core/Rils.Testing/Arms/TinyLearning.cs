using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Testing.Arms;

/// <summary>How the kit's arm learns.</summary>
static class TinyLearning
{
    /// <summary>Descent with momentum: rounding of a gradient moves a weight by no more than rounding.</summary>
    public sealed class Descent : IOptimizer
    {
        public OptimizerState Start(Weights weights) => new(weights.Groups.ToDictionary(
            group => group.Name, group => zeros_like(group.Values).DetachFromDisposeScope()));

        public void Step(Weights weights, OptimizerState state, double learningRate)
        {
            using var constant = no_grad();
            using var scope = NewDisposeScope();
            foreach (var group in weights.Groups)
            {
                var momentum = state.Tensors[group.Name].mul_(0.9).add_(group.Gradient);
                group.Values.sub_(learningRate * group.LearningRate * momentum);
            }
        }
    }

    /// <summary>The same rate in every step.</summary>
    public sealed class Constant : ISchedule
    {
        public double LearningRate(long step) => 0.02;
    }

    /// <summary>Keeps half of the patches.</summary>
    public sealed class Half : IMasking
    {
        public int Visible(int patches) => (patches + 1) / 2;

        public PatchMask Mask(Tensor noise, PatchGrid grid) => PatchMask.KeepSmallest(noise, Visible(grid.Count));
    }
}
