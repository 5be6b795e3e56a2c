namespace Rils.Benchmarks.Yardstick;

/// <summary>One step of each, in milliseconds.</summary>
/// <param name="Torch">The plain loop over TorchSharp's own layers, fp32.</param>
/// <param name="Modules">The plain loop over our modules, fp32.</param>
/// <param name="Fp32">Ours.</param>
/// <param name="Bf16">Ours.</param>
readonly record struct Round(double Torch, double Modules, double Fp32, double Bf16);
