namespace Rils.Contract;

/// <summary>Families of vector instructions of x86-64. Each family includes the ones before it.</summary>
public enum InstructionSet
{
    /// <summary>None of the others: an older processor, or a processor other than x86-64.</summary>
    Baseline,

    /// <summary>256-bit vectors (AVX2 and FMA): Zen 1 to Zen 3, Haswell.</summary>
    Avx2,

    /// <summary>512-bit vectors (AVX-512 F, BW, CD, DQ, VL): Skylake-X.</summary>
    Avx512,

    /// <summary>Products of bfloat16 in hardware (AVX512-BF16): Zen 4 and Zen 5, Cooper Lake.</summary>
    Avx512Bf16,

    /// <summary>Tiles of bfloat16 (AMX-BF16): Sapphire Rapids.</summary>
    Amx,
}
