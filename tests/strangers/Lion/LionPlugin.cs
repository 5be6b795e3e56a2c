using System.ComponentModel.DataAnnotations;
using System.Linq;
using Rils.Contract;
using TorchSharp;
using static TorchSharp.torch;

public sealed class LionPlugin : IPlugin
{
    public void Configure(IRilsBuilder rils) => rils.Optimizer<LionOptions, Lion>("lion");
}

/// <summary>Steps by the sign of a momentum (Chen et al. 2023). Rates are 3 to 10 times smaller than AdamW's.</summary>
public sealed record LionOptions
{
    /// <summary>Share of the momentum in the direction of a step; the rest is the gradient.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Share of the momentum that a step keeps.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Beta2 { get; init; } = 0.99;

    /// <summary>Decoupled weight decay per step and unit of learning rate.</summary>
    [Range(0.0, double.MaxValue)]
    public double WeightDecay { get; init; } = 0.1;
}

sealed class Lion(LionOptions options) : IOptimizer
{
    public OptimizerState Start(Weights weights) => new(weights.Groups.ToDictionary(
        group => group.Name, group => zeros_like(group.Values).DetachFromDisposeScope()));

    public void Step(Weights weights, OptimizerState state, double learningRate)
    {
        using var constant = no_grad();
        using var scope = NewDisposeScope();
        foreach (var group in weights.Groups)
        {
            var (momentum, rate) = (state.Tensors[group.Name], learningRate * group.LearningRate);
            var direction = momentum.lerp(group.Gradient, 1 - options.Beta1).sign_();
            group.Values.mul_(1 - rate * options.WeightDecay * group.WeightDecay).sub_(direction * rate);
            momentum.lerp_(group.Gradient, 1 - options.Beta2);
        }
    }
}
