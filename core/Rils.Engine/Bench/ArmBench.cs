namespace Rils.Engine.Bench;

/// <summary>The cost and the speed of an arm, by the time of its own systems, without loading, waiting and other
/// arms.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Parameters">The number of parameters, with the frozen ones.</param>
/// <param name="StepMs">Milliseconds of the arm's systems in a step, the median over the steps.</param>
/// <param name="SamplesPerS">Samples per second of that time.</param>
/// <param name="TextTokens">Tokens of a caption as it ran, with padding, the mean over the steps.</param>
/// <param name="SelectedShare">The share of the images that had a masked pass, 0 to 1, the mean over the steps; null
/// for an arm without a masked pass.</param>
/// <param name="ForwardFlopsPerSample">Floating-point operations of the forward passes that ran; a multiply-add counts
/// as two.</param>
/// <param name="FlopsPerSample">Floating-point operations of the forward and the backward passes; a backward pass
/// counts as two forward passes.</param>
/// <param name="FlopsPerS">Floating-point operations per second of the arm's own time, the median over the
/// steps.</param>
/// <param name="Utilisation"><paramref name="FlopsPerS"/> divided by the machine's measured peak.</param>
/// <param name="ParametersBytes">Bytes of the parameters, and of the bf16 copies with which modules compute.</param>
/// <param name="GradientsBytes">Bytes of the gradients.</param>
/// <param name="MomentsBytes">Bytes of the optimizer's State.</param>
public sealed record ArmBench(
    string Arm, long Parameters, double StepMs, double SamplesPerS, double TextTokens, double? SelectedShare,
    double ForwardFlopsPerSample, double FlopsPerSample, double FlopsPerS, double Utilisation, long ParametersBytes,
    long GradientsBytes, long MomentsBytes);
