using System.ComponentModel.DataAnnotations;
using Rils.Layers;

namespace Rils.Models;

/// <summary>Options of <c>[backbone] kind = "vit"</c>. The defaults are those of ViT-B/16 as RILS pre-trains it (Yang
/// et al. 2023, section 4.1).</summary>
public sealed record VitOptions : IValidatableObject, ITokenBackboneOptions
{
    /// <summary>Side of a patch, in pixels; divides the image size. Paper: 16.</summary>
    [Range(1, int.MaxValue)]
    public int Patch { get; init; } = 16;

    /// <summary>Width of a token; a multiple of <see cref="Heads"/> and of 4. Paper: 768.</summary>
    [Range(4, int.MaxValue)]
    public int Width { get; init; } = 768;

    /// <summary>Number of blocks. Paper: 12.</summary>
    [Range(1, int.MaxValue)]
    public int Depth { get; init; } = 12;

    /// <summary>Attention heads in each block. Paper: 12.</summary>
    [Range(1, int.MaxValue)]
    public int Heads { get; init; } = 12;

    /// <summary>Width inside an MLP, as a multiple of <see cref="Width"/>, rounded down. Paper: 4.</summary>
    [Range(0.01, 1024)]
    public double MlpRatio { get; init; } = 4;

    /// <summary>Biases of the fused attention projection. Paper: queries and values; MAE has all three.</summary>
    public QkvBias QkvBias { get; init; } = QkvBias.Qv;

    /// <summary>Whether a block keeps only its input and runs again in the backward pass, which takes a fraction of the
    /// memory and a third more time and gives the same gradients. Not in the paper.</summary>
    public bool Recompute { get; init; }

    /// <inheritdoc/>
    public BackboneShape ShapeFor(int imageSize) => new(Width);

    /// <inheritdoc/>
    public PatchShape PatchesFor(int imageSize) =>
        new(new(imageSize / Patch, imageSize / Patch), Patch, Prefix: 1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var mistake in TransformerShape.Mistakes(Width, Heads, hasFixedPositions: true)) yield return mistake;
        if (validationContext.GetService(typeof(DataContext)) is DataContext data
            && PatchMistake(data.ImageSize) is { } uneven)
            yield return new(uneven, [nameof(Patch)]);
    }

    /// <summary>Says what to change where the patches do not fill the image; null where they do.</summary>
    internal string? PatchMistake(int imageSize) => imageSize % Patch == 0 ? null
        : $"patch = {Patch} does not divide the image size, {imageSize}; change patch, or [data] image";
}
