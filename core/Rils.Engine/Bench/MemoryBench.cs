namespace Rils.Engine.Bench;

/// <summary>Memory in bytes. What the system does not tell is null.</summary>
/// <param name="PeakResidentBytes">The most that the process had in main memory, from its start to the end of the steps.</param>
/// <param name="ResidentBetweenStepsBytes">What is there between two steps.</param>
/// <param name="ActivationsBytes">The most that a step has above that: tokens, what backward keeps, and a frame that is filled meanwhile. Null on devices with
/// memory of their own.</param>
/// <param name="ParametersBytes">Of all arms' parameters, and of their bf16 copies.</param>
/// <param name="GradientsBytes">Of their gradients.</param>
/// <param name="MomentsBytes">Of what their optimizers keep.</param>
public sealed record MemoryBench(
    long? PeakResidentBytes, long? ResidentBetweenStepsBytes, long? ActivationsBytes, long ParametersBytes, long GradientsBytes, long MomentsBytes);
