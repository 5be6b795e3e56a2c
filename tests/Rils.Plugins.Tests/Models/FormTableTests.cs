using Rils.Contract;
using Rils.Layers;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

public sealed class FormTableTests
{
    [Theory]
    // no row is lower, so the lowest row counts
    [InlineData(ScalarType.Float32, InstructionSet.Baseline, InstructionSet.Avx2)]
    [InlineData(ScalarType.Float32, InstructionSet.Avx2, InstructionSet.Avx2)]
    [InlineData(ScalarType.Float32, InstructionSet.Avx512, InstructionSet.Avx512)]
    [InlineData(ScalarType.Float32, InstructionSet.Avx512Bf16, InstructionSet.Avx512)]
    [InlineData(ScalarType.Float32, InstructionSet.Amx, InstructionSet.Avx512)]
    [InlineData(ScalarType.BFloat16, InstructionSet.Avx512, InstructionSet.Avx2)]
    [InlineData(ScalarType.BFloat16, InstructionSet.Amx, InstructionSet.Avx512Bf16)]
    public void An_instruction_set_without_a_row_takes_the_nearest_lower_one(
        ScalarType type, InstructionSet instructions, InstructionSet expected) =>
        Assert.Equal(expected, FormTable.For(DeviceType.CPU, type, instructions).Instructions);

    [Fact]
    public void A_tensor_takes_the_row_of_this_process()
    {
        using var scope = NewDisposeScope();
        foreach (var type in (ScalarType[])[ScalarType.Float32, ScalarType.BFloat16])
            Assert.Equal(FormTable.For(DeviceType.CPU, type, Instructions.Current), FormTable.For(zeros(1, type)));
    }

    [Fact]
    public void A_type_without_rows_takes_matrix_products()
    {
        using var number = zeros(1, ScalarType.Float64);
        var row = FormTable.For(number);
        Assert.Equal((LinearForm.Product, AttentionForm.Products), (row.Linear, row.Attention));
    }

    [Fact]
    public void Every_set_and_type_has_one_row_at_most()
    {
        var keys = FormTable.Rows.Select(row => (row.Device, row.Type, row.Instructions)).ToArray();
        Assert.Equal(keys.Distinct(), keys);
    }

    [Fact]
    public void Small_layers_are_products_whatever_the_row()
    {
        FormRow row = new(DeviceType.CPU, InstructionSet.Avx512, ScalarType.Float32,
            LinearForm.Convolution, 4_000_000, AttentionForm.Fused);
        Assert.Equal(LinearForm.Product, row.LinearOf(numbers: 20_480, outputs: 1_000));
        Assert.Equal(LinearForm.Product, row.LinearOf(numbers: 40_000, outputs: 99));
        Assert.Equal(LinearForm.Convolution, row.LinearOf(numbers: 40_000, outputs: 100));
    }

    /// <summary>The README shows the table that the models use.</summary>
    [Fact]
    public void The_readme_has_these_rows_and_no_others()
    {
        const string Head = "| device | instruction set, from | type | linear layer, patch embedding | attention |\n"
            + "|---|---|---|---|---|\n";
        var page = File.ReadAllText(Path.Combine(Repository.Root, "plugins", "Rils.Layers", "README.md"));
        var rows = FormTable.Rows.Select(row =>
            $"| {row.Device} | {Set(row)} | {Type(row)} | {Linear(row)} | {$"{row.Attention}".ToLowerInvariant()} |\n");
        Assert.Contains($"{Head}{string.Concat(rows)}\n", page);

        static string Set(FormRow row) => row.Device != DeviceType.CPU ? "" : row.Instructions switch
        {
            InstructionSet.Avx2 => "AVX2",
            InstructionSet.Avx512 => "AVX-512",
            InstructionSet.Avx512Bf16 => "AVX512-BF16",
            var other => $"{other}",
        };
        static string Type(FormRow row) => row.Type == ScalarType.Float32 ? "fp32" : "bf16";
        static string Linear(FormRow row) => row.Linear == LinearForm.Product ? "product"
            : $"convolution from {row.LinearFrom / 1e6:0} million multiplications, else product";
    }
}
