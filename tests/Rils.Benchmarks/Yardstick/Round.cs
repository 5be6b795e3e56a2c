namespace Rils.Benchmarks.Yardstick;

/// <summary>The time of one step of each loop, in milliseconds.</summary>
/// <param name="Torch">The plain loop over TorchSharp's own layers, fp32.</param>
/// <param name="Modules">The plain loop over our modules, fp32.</param>
/// <param name="Fp32">The engine, fp32.</param>
/// <param name="Bf16">The engine, bf16.</param>
readonly record struct Round(double Torch, double Modules, double Fp32, double Bf16);
