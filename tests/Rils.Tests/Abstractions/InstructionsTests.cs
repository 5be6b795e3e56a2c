using Rils.Abstractions;
using Rils.Engine.Native;

namespace Rils.Tests.Abstractions;

public sealed class InstructionsTests
{
    [Theory]
    [InlineData(InstructionSet.Avx512Bf16, "", InstructionSet.Avx512Bf16)]
    [InlineData(InstructionSet.Avx512Bf16, "ATEN_CPU_CAPABILITY=avx2", InstructionSet.Avx2)]
    [InlineData(InstructionSet.Avx512Bf16, "ATEN_CPU_CAPABILITY=default", InstructionSet.Baseline)]
    [InlineData(InstructionSet.Avx512Bf16, "ATEN_CPU_CAPABILITY=avx512", InstructionSet.Avx512Bf16)]
    [InlineData(InstructionSet.Avx512Bf16, "ATEN_CPU_CAPABILITY=AVX2", InstructionSet.Avx512Bf16)] // libtorch knows lower case only
    [InlineData(InstructionSet.Avx512Bf16, "ONEDNN_MAX_CPU_ISA=AVX2", InstructionSet.Avx2)]
    [InlineData(InstructionSet.Avx512Bf16, "ONEDNN_MAX_CPU_ISA=avx2_vnni", InstructionSet.Avx2)]
    [InlineData(InstructionSet.Avx512Bf16, "ONEDNN_MAX_CPU_ISA=SSE41", InstructionSet.Baseline)]
    [InlineData(InstructionSet.Avx512Bf16, "ONEDNN_MAX_CPU_ISA=AVX512_CORE", InstructionSet.Avx512)]
    [InlineData(InstructionSet.Amx, "ONEDNN_MAX_CPU_ISA=AVX512_CORE_BF16", InstructionSet.Avx512Bf16)]
    [InlineData(InstructionSet.Amx, "ONEDNN_MAX_CPU_ISA=AVX512_CORE_AMX", InstructionSet.Amx)]
    [InlineData(InstructionSet.Avx512, "ONEDNN_MAX_CPU_ISA=ALL", InstructionSet.Avx512)]
    [InlineData(InstructionSet.Avx2, "ONEDNN_MAX_CPU_ISA=AVX512_CORE", InstructionSet.Avx2)] // a variable adds nothing to a processor
    [InlineData(InstructionSet.Avx512, "DNNL_MAX_CPU_ISA=AVX2", InstructionSet.Avx2)]
    [InlineData(InstructionSet.Avx512, "ONEDNN_MAX_CPU_ISA=AVX512_CORE DNNL_MAX_CPU_ISA=AVX2", InstructionSet.Avx512)]
    [InlineData(InstructionSet.Avx512Bf16, "MKL_ENABLE_INSTRUCTIONS=AVX2", InstructionSet.Avx2)]
    [InlineData(InstructionSet.Avx512Bf16, "MKL_ENABLE_INSTRUCTIONS=AVX512", InstructionSet.Avx512Bf16)]
    [InlineData(InstructionSet.Amx, "ATEN_CPU_CAPABILITY=avx2 MKL_ENABLE_INSTRUCTIONS=SSE4_2 ONEDNN_MAX_CPU_ISA=AVX512_CORE", InstructionSet.Baseline)]
    public void The_lowest_of_processor_and_variables_counts(InstructionSet processor, string environment, InstructionSet expected)
    {
        var set = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(expected, Instructions.Lowest(processor, set.GetValueOrDefault));
    }

    /// <summary>libtorch reads the same processor by its own code.</summary>
    [Fact]
    public void It_is_never_above_what_libtorch_says_of_itself()
    {
        var most = CpuCapability.Name switch { "AVX512" => InstructionSet.Amx, "AVX2" => InstructionSet.Avx2, _ => InstructionSet.Baseline };
        Assert.InRange(Instructions.Current, InstructionSet.Baseline, most);
    }

    [Fact]
    public void It_is_what_the_machine_of_a_run_says() =>
        Assert.Equal($"{Instructions.Current}", Rils.Engine.Runs.RunMachine.Machine("cpu")["instruction_set"]);
}
