using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A number to be logged. A system appends it. The engine reads the number from the device later, together
/// with others, so that no step waits for the device.</summary>
/// <param name="Name">The name in <c>metrics.jsonl</c>. Not empty.</param>
/// <param name="Value">A finite number, 0-d of any floating type, on the arm's device; do not wait for it.</param>
public sealed record Metric(string Name, Tensor Value);
