using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>A number to be logged. It stays on the device until the next drain: nobody may wait for it in a step.</summary>
/// <param name="Name">As it is written to <c>metrics.jsonl</c>.</param>
/// <param name="Value">0-d, any floating type.</param>
public sealed record Metric(string Name, Tensor Value);
