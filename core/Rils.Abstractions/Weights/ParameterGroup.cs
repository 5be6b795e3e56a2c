using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>Parameters that an optimizer treats alike, in flat buffers; each starts on a 64-byte boundary, zeros between.</summary>
/// <param name="Name">For messages and checkpoints: <c>decay</c>, <c>no_decay</c>.</param>
/// <param name="WeightDecay">Factor on the optimizer's weight decay.</param>
/// <param name="Values">fp32 <c>[size]</c>; the modules' parameters are views of it.</param>
/// <param name="Gradient">fp32 <c>[size]</c>; the parameters' gradients are views of it.</param>
public sealed record ParameterGroup(string Name, double WeightDecay, Tensor Values, Tensor Gradient);
