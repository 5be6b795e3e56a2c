using TorchSharp;
using static TorchSharp.torch;

namespace Rils.AdamW;

/// <summary>AdamW (Loshchilov and Hutter 2019, algorithm 2): one call of libtorch's fused operator per parameter
/// group.</summary>
/// <remarks>Padding between parameters stays zero: its gradient and moments are zero, and decay multiplies.</remarks>
sealed class FusedAdamW : IOptimizer
{
    readonly AdamWOptions options;

    /// <exception cref="ArgumentException">A beta is not in [0, 1).</exception>
    public FusedAdamW(AdamWOptions options)
    {
        if (options.Betas is not [>= 0 and < 1, >= 0 and < 1])
            throw new ArgumentException(
                $"betas = [{string.Join(", ", options.Betas)}]: two numbers from 0 to below 1 are needed");
        this.options = options;
    }

    /// <inheritdoc/>
    /// <remarks>The state holds, for each group, <c>first_moment</c> and <c>second_moment</c>, fp32 <c>[size]</c>, and
    /// <c>step</c>, 0-d fp32.</remarks>
    public OptimizerState Start(Weights weights)
    {
        var tensors = new Dictionary<string, Tensor>();
        foreach (var group in weights.Groups)
        {
            tensors.Add(FirstMoment(group), Keep(zeros_like(group.Values)));
            tensors.Add(SecondMoment(group), Keep(zeros_like(group.Values)));
            tensors.Add(Steps(group), Keep(zeros([], ScalarType.Float32, group.Values.device)));
        }
        return new(tensors);
    }

    /// <inheritdoc/>
    public void Step(Weights weights, OptimizerState state, double learningRate)
    {
        using var scope = NewDisposeScope();
        using var gradient = no_grad();
        if (options.MaxNorm is { } maximum) GradientNorm.Clip(weights, maximum);
        foreach (var group in weights.Groups) Step(group, state.Tensors, learningRate);
    }

    void Step(ParameterGroup group, IReadOnlyDictionary<string, Tensor> state, double learningRate)
    {
        // The operator reads the number of this step, counted from 1, and does not raise it.
        state[Steps(group)].add_(Constant.Of(1), Constant.Of(1));
        Aten.FusedAdamW(
            group.Values, group.Gradient, state[FirstMoment(group)], state[SecondMoment(group)], state[Steps(group)],
            new(learningRate * group.LearningRate, options.Betas[0], options.Betas[1],
                options.WeightDecay * group.WeightDecay, options.Epsilon));
    }

    static string FirstMoment(ParameterGroup group) => $"{group.Name}.first_moment";

    static string SecondMoment(ParameterGroup group) => $"{group.Name}.second_moment";

    static string Steps(ParameterGroup group) => $"{group.Name}.step";

    // The state outlives any scope that the caller has open.
    static Tensor Keep(Tensor tensor) => tensor.DetachFromDisposeScope();
}
