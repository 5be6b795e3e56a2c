namespace Rils.Engine.Bench;

/// <summary>The memory of a benchmark, in bytes; null where the system gives no number.</summary>
/// <param name="PeakResidentBytes">The most main memory of the process from its start to the end of the steps.</param>
/// <param name="ResidentBetweenStepsBytes">The main memory of the process between two steps.</param>
/// <param name="ActivationsBytes">The most that a step takes above that: tokens, tensors for the backward pass, and a
/// frame that is filled meanwhile. Null on a device with memory of its own.</param>
/// <param name="ParametersBytes">The parameters of all arms, and their bf16 copies.</param>
/// <param name="GradientsBytes">The gradients of all arms.</param>
/// <param name="MomentsBytes">The optimizers' State of all arms.</param>
public sealed record MemoryBench(
    long? PeakResidentBytes, long? ResidentBetweenStepsBytes, long? ActivationsBytes, long ParametersBytes,
    long GradientsBytes, long MomentsBytes);
