using static TorchSharp.torch;

namespace Bob;

/// <summary>Steps by the sign of the gradient.</summary>
sealed class Lion(LionOptions options) : IOptimizer
{
    /// <inheritdoc/>
    public OptimizerState Start(Weights weights) => new(new Dictionary<string, Tensor>());

    /// <inheritdoc/>
    public void Step(Weights weights, OptimizerState state, double learningRate)
    {
        using var constant = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in weights.Groups) group.Values.add_(group.Gradient.sign(), -options.Speed * learningRate);
    }
}
