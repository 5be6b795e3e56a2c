using Rils.Contract;

namespace Rils.Engine.Native;

/// <summary>Says where bfloat16 is faster than fp32.</summary>
static class Bf16Support
{
    /// <summary>Whether a device multiplies bfloat16 matrices in hardware. CUDA devices do since Ampere; TorchSharp
    /// does not tell older ones apart, so every CUDA device counts.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda:0</c>.</param>
    public static bool On(string device) => device != "cpu" || Instructions.Current >= InstructionSet.Avx512Bf16;
}
