using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>A module whose parameters join the arm's <see cref="Weights"/>; <c>Setup</c> systems append it.</summary>
/// <param name="Prefix">Before the names of its parameters, with its dot: <c>visual.</c>, or empty.</param>
/// <param name="Module">The module, initialised, in fp32.</param>
public sealed record Trainable(string Prefix, nn.Module Module);
