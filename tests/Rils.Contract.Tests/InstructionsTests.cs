using Rils.Contract;
using Rils.Engine.Execution;
using Rils.Engine.Native;
using static Rils.Contract.InstructionSet;

namespace Rils.Tests.Abstractions;

public sealed class InstructionsTests
{
    [Theory]
    [InlineData(Avx512Bf16, "", Avx512Bf16)]
    [InlineData(Avx512Bf16, "ATEN_CPU_CAPABILITY=avx2", Avx2)]
    [InlineData(Avx512Bf16, "ATEN_CPU_CAPABILITY=default", Baseline)]
    [InlineData(Avx512Bf16, "ATEN_CPU_CAPABILITY=avx512", Avx512Bf16)]
    [InlineData(Avx512Bf16, "ATEN_CPU_CAPABILITY=AVX2", Avx512Bf16)] // libtorch accepts lower case only
    [InlineData(Avx512Bf16, "ONEDNN_MAX_CPU_ISA=AVX2", Avx2)]
    [InlineData(Avx512Bf16, "ONEDNN_MAX_CPU_ISA=avx2_vnni", Avx2)]
    [InlineData(Avx512Bf16, "ONEDNN_MAX_CPU_ISA=SSE41", Baseline)]
    [InlineData(Avx512Bf16, "ONEDNN_MAX_CPU_ISA=AVX512_CORE", Avx512)]
    [InlineData(Amx, "ONEDNN_MAX_CPU_ISA=AVX512_CORE_BF16", Avx512Bf16)]
    [InlineData(Amx, "ONEDNN_MAX_CPU_ISA=AVX512_CORE_AMX", Amx)]
    [InlineData(Avx512, "ONEDNN_MAX_CPU_ISA=ALL", Avx512)]
    // a variable cannot add instructions that the processor lacks
    [InlineData(Avx2, "ONEDNN_MAX_CPU_ISA=AVX512_CORE", Avx2)]
    [InlineData(Avx512, "DNNL_MAX_CPU_ISA=AVX2", Avx2)]
    [InlineData(Avx512, "ONEDNN_MAX_CPU_ISA=AVX512_CORE DNNL_MAX_CPU_ISA=AVX2", Avx512)]
    [InlineData(Avx512Bf16, "MKL_ENABLE_INSTRUCTIONS=AVX2", Avx2)]
    [InlineData(Avx512Bf16, "MKL_ENABLE_INSTRUCTIONS=AVX512", Avx512Bf16)]
    [InlineData(Amx, "ATEN_CPU_CAPABILITY=avx2 MKL_ENABLE_INSTRUCTIONS=SSE4_2 ONEDNN_MAX_CPU_ISA=ALL", Baseline)]
    public void The_lowest_of_processor_and_variables_counts(
        InstructionSet processor, string environment, InstructionSet expected)
    {
        var set = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(expected, Instructions.Lowest(processor, set.GetValueOrDefault));
    }

    /// <summary>libtorch examines the same processor with its own code.</summary>
    [Fact]
    public void It_is_never_above_what_libtorch_says_of_itself()
    {
        var most = CpuCapability.Name switch { "AVX512" => Amx, "AVX2" => Avx2, _ => Baseline };
        Assert.InRange(Instructions.Current, Baseline, most);
    }

    [Fact]
    public void It_is_what_the_machine_of_a_run_says() =>
        Assert.Equal($"{Instructions.Current}", Rils.Engine.Execution.RunMachine.Machine("cpu")["instruction_set"]);
}
