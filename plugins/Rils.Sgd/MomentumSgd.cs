using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Sgd;

/// <summary>SGD with momentum: a few operations for each parameter group.</summary>
/// <remarks>Padding between parameters stays zero: its gradient is zero, and decay multiplies.</remarks>
sealed class MomentumSgd(SgdOptions options) : IOptimizer
{
    /// <inheritdoc/>
    /// <remarks>The state holds, for each group, <c>direction</c>, fp32 <c>[size]</c>.</remarks>
    public OptimizerState Start(Weights weights) => new(weights.Groups.ToDictionary(Direction,
        group => zeros_like(group.Values).DetachFromDisposeScope()));

    /// <inheritdoc/>
    public void Step(Weights weights, OptimizerState state, double learningRate)
    {
        using var constant = no_grad();
        foreach (var group in weights.Groups)
        {
            var (gradient, direction) = (group.Gradient, state.Tensors[Direction(group)]);
            // The next backward pass zeroes the gradient, so that decay may be added in place.
            if (options.WeightDecay * group.WeightDecay is > 0 and var decay)
                gradient.add_(group.Values, alpha: Constant.Of(decay));
            direction.mul_(Constant.Of(options.Momentum)).add_(gradient, Constant.Of(1));
            Scalar down = -learningRate * group.LearningRate;
            group.Values.add_(direction, alpha: down);
            GC.KeepAlive(down);
        }
    }

    static string Direction(ParameterGroup group) => $"{group.Name}.direction";
}
