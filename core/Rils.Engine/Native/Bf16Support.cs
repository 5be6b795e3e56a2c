using System.Runtime.Intrinsics.X86;

namespace Rils.Engine.Native;

/// <summary>Where bfloat16 is faster than fp32.</summary>
static class Bf16Support
{
    const int Avx512Bf16 = 1 << 5, AmxBf16 = 1 << 22;

    /// <summary>Whether a device multiplies bfloat16 matrices in hardware; of CUDA devices those since Ampere do, and TorchSharp does not tell them apart.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda:0</c>.</param>
    public static bool On(string device) => device != "cpu" || OnThisProcessor();

    // CPUID leaf 7: AVX512_BF16 is bit 5 of EAX in subleaf 1, AMX-BF16 bit 22 of EDX in subleaf 0.
    static bool OnThisProcessor() => X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= 7 &&
        ((X86Base.CpuId(7, 1).Eax & Avx512Bf16) != 0 || (X86Base.CpuId(7, 0).Edx & AmxBf16) != 0);
}
