using System.ComponentModel.DataAnnotations;
using Rils.Layers;

namespace Rils.Models;

/// <summary>Options of <c>[backbone] kind = "vit"</c>. The defaults are those of ViT-B/16 in
/// RILS's code.</summary>
public sealed record VitOptions : IValidatableObject, ITokenBackboneOptions, IParameterLayers
{
    /// <summary>Side of a patch, in pixels; divides the image size. RILS: 16.</summary>
    [Range(1, int.MaxValue)]
    public int Patch { get; init; } = 16;

    /// <summary>Width of a token; a multiple of <see cref="Heads"/>, and of 4 under sine-cosine positions. RILS:
    /// 768.</summary>
    [Range(4, int.MaxValue)]
    public int Width { get; init; } = 768;

    /// <summary>Number of blocks. RILS: 12.</summary>
    [Range(1, int.MaxValue)]
    public int Depth { get; init; } = 12;

    /// <summary>Attention heads in each block. RILS: 12.</summary>
    [Range(1, int.MaxValue)]
    public int Heads { get; init; } = 12;

    /// <summary>Width inside an MLP, as a multiple of <see cref="Width"/>, rounded down. RILS: 4.</summary>
    [Range(0.01, 1024)]
    public double MlpRatio { get; init; } = 4;

    /// <summary>Biases of the fused attention projection. RILS: queries and values; MAE has all three.</summary>
    public QkvBias QkvBias { get; init; } = QkvBias.Qv;

    /// <summary>The feature of an image: the mean of its patch tokens, or its class token. RILS: mean; CLIP:
    /// class.</summary>
    public Pooling Pooling { get; init; } = Pooling.Mean;

    /// <summary>The places of patches: a fixed sine-cosine table, or a learned one. Weights of another grid are
    /// interpolated to this one, and this one to the grids of views of other sizes. RILS: sincos; ViT, CLIP, DINOv2:
    /// learned.</summary>
    public Positions Positions { get; init; } = Positions.Sincos;

    /// <summary>The activation in the MLPs. RILS: gelu; OpenAI's CLIP: quickgelu.</summary>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>The epsilon of all LayerNorms. ViT, MAE, RILS's code: 1e-6; CLIP: 1e-5.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double NormEps { get; init; } = TransformerBlock.Epsilon;

    /// <summary>Whether a LayerNorm stands before the blocks too. CLIP: true.</summary>
    public bool PreNorm { get; init; }

    /// <summary>Whether the patch embedding has a bias. CLIP: false.</summary>
    public bool PatchBias { get; init; } = true;

    /// <summary>The first value of learned gains on the branches of each block (LayerScale; Touvron et al. 2021). Not
    /// given: no gains, as in RILS; DINOv2 has them.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double? LayerScale { get; init; }

    /// <summary>The number of learned tokens beside the class token and the patches, which have no position and which
    /// no loss sees (registers; Darcet et al. 2024). RILS: 0.</summary>
    [Range(0, int.MaxValue)]
    public int Registers { get; init; }

    /// <summary>The probability that, in training, a sample leaves out a branch of the last block; it rises linearly
    /// from 0 in the first block (drop path; Huang et al. 2016). Evaluations and teachers leave out nothing.
    /// RILS: 0.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double DropPath { get; init; }

    /// <summary>Whether the residual stream stays in fp32 where the model computes in bf16, as PyTorch's autocast has
    /// it in the authors' trainers; each branch reads and gives bf16 anyway. With `precision = "fp32"` nothing
    /// changes.</summary>
    public bool ResidualInFp32 { get; init; }

    /// <summary>Whether a block keeps only its input and runs again in the backward pass, which takes a fraction of the
    /// memory and a third more time and gives the same gradients.</summary>
    public bool Recompute { get; init; }

    /// <inheritdoc/>
    public BackboneShape ShapeFor(int imageSize) => new(Width) { Layers = Depth };

    /// <inheritdoc/>
    public PatchShape PatchesFor(int imageSize) =>
        new(new(imageSize / Patch, imageSize / Patch), Patch, Prefix: 1);

    /// <inheritdoc/>
    public int TopLayer => VitLayers.Top(Depth);

    /// <inheritdoc/>
    public int LayerOf(string name) => VitLayers.Of(name, Depth);

    /// <inheritdoc/>
    public bool IsTokenOrPosition(string name) => VitLayers.IsTokenOrPosition(name);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var mistake in TransformerShape.Mistakes(Width, Heads, Positions == Positions.Sincos))
            yield return mistake;
        if (DropPathMistake() is { } idle) yield return new(idle, [nameof(DropPath), nameof(Depth)]);
        if (validationContext.GetService(typeof(DataContext)) is DataContext data
            && PatchMistake(data.ImageSize) is { } uneven)
            yield return new(uneven, [nameof(Patch)]);
    }

    /// <summary>Says what to change where the patches do not fill the image; null where they do.</summary>
    internal string? PatchMistake(int imageSize) => imageSize % Patch == 0 ? null
        : $"patch = {Patch} does not divide the image size, {imageSize}; change patch, or [data] image";

    /// <summary>Says what to change where drop path would drop nothing; null where it drops something, or is
    /// off.</summary>
    internal string? DropPathMistake() => DropPath == 0 || Depth > 1 ? null
        : $"drop_path = {DropPath} drops nothing, since the first block's rate is 0 and depth = 1; "
            + "leave drop_path out, or take more blocks";
}
