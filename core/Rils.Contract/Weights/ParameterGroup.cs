using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Parameters that an optimizer treats alike, in flat buffers; each starts on a 64-byte boundary, zeros between.</summary>
/// <param name="Name">For messages and checkpoints: <c>decay</c>, <c>no_decay</c>, <c>frozen</c>.</param>
/// <param name="WeightDecay">Factor on the optimizer's weight decay.</param>
/// <param name="Values">fp32 <c>[size]</c>; the modules' parameters are views of it, or of <paramref name="Rounded"/>.</param>
/// <param name="Gradient">fp32 <c>[size]</c>; the parameters' gradients are views of it. Empty where they are not trained.</param>
/// <param name="Rounded">bf16 <c>[size]</c>: <paramref name="Values"/> as the modules compute with them under <c>precision = "bf16"</c>, see
/// <see cref="Weights.Round"/>; null under fp32.</param>
public sealed record ParameterGroup(string Name, double WeightDecay, Tensor Values, Tensor Gradient, Tensor? Rounded = null)
{
    /// <summary>Where each parameter starts in the buffers, by its full name.</summary>
    public IReadOnlyDictionary<string, long> Starts { get; init; } = new Dictionary<string, long>();
}
