using System.ComponentModel.DataAnnotations;
using Rils.Layers;

namespace Rils.Models;

/// <summary>Options of <c>[text] kind = "transformer"</c>. The defaults are CLIP's, which RILS's code takes
/// over.</summary>
public sealed record TextTransformerOptions : IValidatableObject, ITextOptions
{
    /// <summary>The longest sentence, in tokens, including start and end. RILS: 77.</summary>
    [Range(2, int.MaxValue)]
    public int Context { get; init; } = 77;

    /// <summary>Width of a token; a multiple of <see cref="Heads"/>. RILS: 512.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 512;

    /// <summary>Attention heads in each block. RILS: 8.</summary>
    [Range(1, int.MaxValue)]
    public int Heads { get; init; } = 8;

    /// <summary>Number of blocks. RILS: 12.</summary>
    [Range(1, int.MaxValue)]
    public int Depth { get; init; } = 12;

    /// <summary>Feature of a sentence: <c>end</c>, the token with the largest id; <c>last</c>, the last token before
    /// the padding; <c>mean</c>, the mean of all tokens before the padding. CLIP and RILS: <c>end</c>.</summary>
    public TextPooling Pooling { get; init; }

    /// <summary>Whether the residual stream stays in fp32 where the model computes in bf16, as PyTorch's autocast has
    /// it in the authors' trainers; each branch reads and gives bf16 anyway. With `precision = "fp32"` nothing
    /// changes.</summary>
    public bool ResidualInFp32 { get; init; }

    /// <inheritdoc/>
    public TextShape Shape => new(Width, Context);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        TransformerShape.Mistakes(Width, Heads, hasFixedPositions: false);
}
