using static TorchSharp.torch;

namespace Alice;

/// <summary>Steps by the sign of the momentum; public, for plugins that require this one.</summary>
public sealed class Lion(LionOptions options) : IOptimizer
{
    /// <inheritdoc/>
    public OptimizerState Start(Weights weights) => new(weights.Groups.ToDictionary(
        group => $"{group.Name}.momentum", group => zeros_like(group.Values)));

    /// <inheritdoc/>
    public void Step(Weights weights, OptimizerState state, double learningRate)
    {
        using var constant = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in weights.Groups)
        {
            var momentum = state.Tensors[$"{group.Name}.momentum"];
            momentum.mul_(options.Momentum).add_(group.Gradient, 1 - options.Momentum);
            group.Values.add_(momentum.sign(), -learningRate);
        }
    }
}
