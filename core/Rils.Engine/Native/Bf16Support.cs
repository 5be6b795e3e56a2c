using Rils.Contract;

namespace Rils.Engine.Native;

/// <summary>Where bfloat16 is faster than fp32.</summary>
static class Bf16Support
{
    /// <summary>Whether a device multiplies bfloat16 matrices in hardware; of CUDA devices those since Ampere do, and TorchSharp does not tell them apart.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda:0</c>.</param>
    public static bool On(string device) => device != "cpu" || Instructions.Current >= InstructionSet.Avx512Bf16;
}
