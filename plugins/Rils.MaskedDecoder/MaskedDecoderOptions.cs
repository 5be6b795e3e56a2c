using System.ComponentModel.DataAnnotations;
using Rils.Layers;

namespace Rils.Models;

/// <summary>Options of <c>[decoder] kind = "mae"</c>. The defaults are RILS's: one block as wide as the backbone.
/// MAE's own decoder has width 512, depth 8, heads 16 and <c>qkv_bias = "qkv"</c>.</summary>
public sealed record MaskedDecoderOptions : IValidatableObject
{
    /// <summary>Width of a token; a multiple of the heads and of 4. Default, and RILS: the backbone's
    /// width.</summary>
    [Range(4, int.MaxValue)]
    public int? Width { get; init; }

    /// <summary>Number of blocks. RILS: 1.</summary>
    [Range(1, int.MaxValue)]
    public int Depth { get; init; } = 1;

    /// <summary>Attention heads in each block. Default: one for each 64 of the width, at least one.</summary>
    [Range(1, int.MaxValue)]
    public int? Heads { get; init; }

    /// <summary>Width inside an MLP, as a multiple of the width, rounded down. RILS: 4.</summary>
    [Range(0.01, 1024)]
    public double MlpRatio { get; init; } = 4;

    /// <summary>Biases of the fused attention projection. RILS: queries and values; MAE has all three.</summary>
    public QkvBias QkvBias { get; init; } = QkvBias.Qv;

    /// <summary>Whether the residual stream stays in fp32 where the model computes in bf16, as PyTorch's autocast has
    /// it in the authors' trainers; each branch reads and gives bf16 anyway. With `precision = "fp32"` nothing
    /// changes.</summary>
    public bool ResidualInFp32 { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        (Width ?? (validationContext.GetService(typeof(BackboneShape)) as BackboneShape)?.Width) is { } width
            ? TransformerShape.Mistakes(width, HeadsOf(width), hasFixedPositions: true) : [];

    /// <summary>The number of heads for a width: <see cref="Heads"/>, or one for each 64 of the width.</summary>
    internal int HeadsOf(int width) => Heads ?? Math.Max(1, width / 64);
}
