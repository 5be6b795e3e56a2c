using System.Runtime.Intrinsics.X86;

namespace Rils.Contract;

/// <summary>Tells the instruction set that libtorch and the libraries below it use for tensors on the CPU. A layer that
/// has several forms chooses by it.</summary>
/// <remarks>Environment variables can limit each library to less than the processor has. The lowest limit counts, so
/// that one answer serves all libraries. The answer needs no libtorch, and stays the same while a process
/// runs.</remarks>
public static class Instructions
{
    const int Avx512Bf16 = 1 << 5, AmxBf16 = 1 << 22;

    /// <summary>The instruction set of this process.</summary>
    public static InstructionSet Current { get; } = Lowest(OfProcessor(), Environment.GetEnvironmentVariable);

    /// <summary>Finds the lowest of the processor's set and the limits of environment variables.</summary>
    /// <param name="processor">The processor's own set.</param>
    /// <param name="variable">Gives a variable's value by its name; null where the variable is not set.</param>
    /// <returns>The lowest set.</returns>
    internal static InstructionSet Lowest(InstructionSet processor, Func<string, string?> variable) => new[]
    {
        processor,
        OfAten(variable("ATEN_CPU_CAPABILITY")),
        // oneDNN reads the older name where the newer is not set.
        OfOneDnn(variable("ONEDNN_MAX_CPU_ISA") ?? variable("DNNL_MAX_CPU_ISA")),
        OfMkl(variable("MKL_ENABLE_INSTRUCTIONS")),
    }.Min();

    // IsSupported is false, too, where the operating system does not save the registers. CPUID leaf 7: AVX512_BF16 is
    // bit 5 of EAX in subleaf 1, AMX-BF16 bit 22 of EDX in subleaf 0.
    static InstructionSet OfProcessor() =>
        !Avx2.IsSupported || !Fma.IsSupported ? InstructionSet.Baseline
        : !HasAvx512 ? InstructionSet.Avx2
        : (X86Base.CpuId(7, 0).Edx & AmxBf16) != 0 ? InstructionSet.Amx
        : (X86Base.CpuId(7, 1).Eax & Avx512Bf16) != 0 ? InstructionSet.Avx512Bf16
        : InstructionSet.Avx512;

    static bool HasAvx512 =>
        Avx512F.VL.IsSupported && Avx512BW.IsSupported && Avx512CD.IsSupported && Avx512DQ.IsSupported;

    // libtorch knows these names in lower case; for a name that it does not know it takes the processor's own set.
    static InstructionSet OfAten(string? value) => value switch
    {
        "default" => InstructionSet.Baseline,
        "avx2" => InstructionSet.Avx2,
        _ => InstructionSet.Amx,
    };

    // oneDNN takes upper and lower case. ALL, DEFAULT and names that it does not know set no limit.
    static InstructionSet OfOneDnn(string? value) => value?.ToLowerInvariant() switch
    {
        "sse41" or "avx" => InstructionSet.Baseline,
        "avx2" or "avx2_vnni" or "avx2_vnni_2" => InstructionSet.Avx2,
        "avx512_core" or "avx512_core_vnni" => InstructionSet.Avx512,
        "avx512_core_bf16" or "avx512_core_fp16" or "avx10_1_512" => InstructionSet.Avx512Bf16,
        _ => InstructionSet.Amx,
    };

    // MKL's names from AVX-512 on differ in integers and bf16 only, and libtorch gives MKL neither.
    static InstructionSet OfMkl(string? value) => value?.ToUpperInvariant() switch
    {
        "SSE4_2" or "AVX" => InstructionSet.Baseline,
        "AVX2" or "AVX2_E1" => InstructionSet.Avx2,
        _ => InstructionSet.Amx,
    };
}
