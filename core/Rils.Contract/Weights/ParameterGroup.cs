using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Parameters that an optimizer treats alike, in flat buffers. Each parameter starts at a multiple of 32
/// numbers, which is 64 bytes even in bf16; the numbers between are zeros.</summary>
/// <param name="Name">The group's name in messages and checkpoints: <c>decay</c>, <c>no_decay</c>,
/// <c>decay.lr_0.65</c>, <c>frozen</c>.</param>
/// <param name="WeightDecay">Factor on the optimizer's weight decay: 0 for no decay.</param>
/// <param name="Values">fp32 <c>[size]</c>, on the arm's device: the parameters that the optimizer updates. The
/// modules' parameters are views of this buffer, or of <paramref name="Bf16"/>.</param>
/// <param name="Gradient">fp32 <c>[size]</c>, on the arm's device: the parameters' gradients are views of this buffer.
/// Empty (<c>[0]</c>) where the parameters are not trained.</param>
/// <param name="Bf16">bf16 <c>[size]</c>: the values with which modules compute under <c>precision = "bf16"</c>, which
/// <see cref="Weights.CastToBf16"/> copies from <paramref name="Values"/>. Null where no parameter of the group is
/// rounded.</param>
public sealed record ParameterGroup(
    string Name, double WeightDecay, Tensor Values, Tensor Gradient, Tensor? Bf16 = null)
{
    /// <summary>Factor on the learning rate of each step: 1 for the rate as it is.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>The index at which each parameter starts in the buffers, by the parameter's full name.</summary>
    public IReadOnlyDictionary<string, long> Starts { get; init; } = new Dictionary<string, long>();
}
