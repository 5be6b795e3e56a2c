using System.ComponentModel.DataAnnotations;
using Rils.Layers;

namespace Rils.Models;

/// <summary>Options of <c>[text] kind = "transformer"</c>. The defaults are CLIP's, which RILS takes over (Yang et al.
/// 2023, section 4.1).</summary>
public sealed record TextTransformerOptions : IValidatableObject, ITextOptions
{
    /// <summary>The longest sentence, in tokens, including start and end. Paper: 77.</summary>
    [Range(2, int.MaxValue)]
    public int Context { get; init; } = 77;

    /// <summary>Width of a token; a multiple of <see cref="Heads"/>. Paper: 512.</summary>
    [Range(1, int.MaxValue)]
    public int Width { get; init; } = 512;

    /// <summary>Attention heads in each block. Paper: 8.</summary>
    [Range(1, int.MaxValue)]
    public int Heads { get; init; } = 8;

    /// <summary>Number of blocks. Paper: 12.</summary>
    [Range(1, int.MaxValue)]
    public int Depth { get; init; } = 12;

    /// <summary>Feature of a sentence: <c>end</c>, the token with the largest id; <c>last</c>, the last token before
    /// the padding; <c>mean</c>, the mean of all tokens before the padding. CLIP and RILS: <c>end</c>.</summary>
    public TextPooling Pooling { get; init; }

    /// <inheritdoc/>
    public TextShape Shape => new(Width, Context);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        TransformerShape.Mistakes(Width, Heads, hasFixedPositions: false);
}
