using System.Collections.Frozen;
using TorchSharp;
using static Rils.Contract.InstructionSet;
using static Rils.Layers.AttentionForm;
using static Rils.Layers.LinearForm;
using static TorchSharp.DeviceType;
using ScalarType = TorchSharp.torch.ScalarType;

namespace Rils.Layers;

/// <summary>The form of each layer by device, type and instruction set. README.md has the measurements.</summary>
/// <remarks>No form is tried out while a model runs, and none depends on the number of threads, because the bits would
/// then change from run to run.</remarks>
public static class FormTable
{
    /// <summary>The measured rows; the rows of a type by rising instruction set.</summary>
    public static IReadOnlyList<FormRow> Rows { get; } =
    [
        new(CPU, Avx2, ScalarType.Float32, Product, 0, Fused),
        new(CPU, Avx512, ScalarType.Float32, Convolution, 4_000_000, Fused),
        new(CPU, Avx2, ScalarType.BFloat16, Product, 0, Fused),
        new(CPU, Avx512Bf16, ScalarType.BFloat16, Product, 0, Products),
        new(CUDA, Baseline, ScalarType.Float32, Product, 0, Fused),
        new(CUDA, Baseline, ScalarType.BFloat16, Product, 0, Fused),
    ];

    // Declared after Rows, which the initialiser reads.
    static readonly FrozenDictionary<(DeviceType, ScalarType), FormRow> own = Rows
        .Select(row => (row.Device, row.Type)).Distinct()
        .ToFrozenDictionary(key => key, key => For(key.Device, key.Type, Instructions.Current));

    /// <summary>The row for a tensor in this process.</summary>
    public static FormRow For(torch.Tensor tensor)
    {
        var (device, type) = (tensor.device_type, tensor.dtype);
        return own.TryGetValue((device, type), out var row) ? row : Plain(device, type);
    }

    /// <summary>The row for a CPU's instruction set: the set's own row; without one, the type's row for the nearest
    /// lower set; without that, the type's row for the lowest set.</summary>
    /// <param name="device">The kind of device.</param>
    /// <param name="type">The tensors' type. A type without rows takes matrix products.</param>
    /// <param name="instructions">The CPU's instruction set; other devices ignore it.</param>
    public static FormRow For(DeviceType device, ScalarType type, InstructionSet instructions)
    {
        FormRow[] rows =
            [.. Rows.Where(row => row.Device == device && row.Type == type).OrderBy(row => row.Instructions)];
        var fitting = rows.LastOrDefault(row => row.Instructions <= instructions) ?? rows.FirstOrDefault();
        return fitting ?? Plain(device, type);
    }

    static FormRow Plain(DeviceType device, ScalarType type) => new(device, Baseline, type, Product, 0, Products);
}
