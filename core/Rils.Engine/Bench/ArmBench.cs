namespace Rils.Engine.Bench;

/// <summary>What an arm takes and reaches, by the time of its own systems: loading, waiting and other arms left out.</summary>
/// <param name="Arm">Its name.</param>
/// <param name="Parameters">Number of parameters, frozen ones among them.</param>
/// <param name="StepMs">Milliseconds of its systems in a step, the median.</param>
/// <param name="SamplesPerS">Samples per second of that time.</param>
/// <param name="TextTokens">Length of the captions as they ran, padded, the mean over the steps.</param>
/// <param name="SelectedShare">Share of the images that had a masked pass, the mean over the steps; null for an arm without one.</param>
/// <param name="ForwardFlopsPerSample">Floating-point operations of the forward passes that ran; a multiply-add counts as two.</param>
/// <param name="FlopsPerSample">Forward and backward, which counts as two forward.</param>
/// <param name="FlopsPerS">Of its own time, the median.</param>
/// <param name="Utilisation">That by the machine's own peak.</param>
/// <param name="ParametersBytes">Of its parameters, and of the bf16 copy that its modules compute with.</param>
/// <param name="GradientsBytes">Of their gradients.</param>
/// <param name="MomentsBytes">Of what its optimizer keeps.</param>
public sealed record ArmBench(
    string Arm, long Parameters, double StepMs, double SamplesPerS, double TextTokens, double? SelectedShare, double ForwardFlopsPerSample,
    double FlopsPerSample, double FlopsPerS, double Utilisation, long ParametersBytes, long GradientsBytes, long MomentsBytes);
