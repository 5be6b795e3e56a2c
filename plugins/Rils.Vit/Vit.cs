using Rils.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>A vision transformer with fixed sine-cosine positions, a class token and pre-norm blocks, under timm's
/// names (Dosovitskiy et al. 2021; He et al. 2022, section 3).</summary>
public sealed class Vit : Backbone, IMaskedBackbone, IForeignNames
{
    /// <summary>Parts of names in CLIP's vision tower, as OpenAI, open_clip and transformers spell them.</summary>
    static readonly string[] clipTower =
    [
        "visual.conv1.", "visual.ln_pre.", "visual.class_embedding", "vision_model.pre_layrnorm.",
        "vision_model.embeddings.",
    ];

    readonly int hidden;
    readonly bool recomputes;
    [ComponentName(Name = "cls_token")] readonly Parameter classToken;
    [ComponentName(Name = "pos_embed")] readonly Tensor positions;
    [ComponentName(Name = "patch_embed")] readonly PatchEmbedding embedding;
    readonly ModuleList<TransformerBlock> blocks;
    readonly LayerNorm norm;

    /// <summary>Makes a backbone whose parameters still have to be drawn.</summary>
    /// <param name="options">Patch size, width, depth and the other dimensions.</param>
    /// <param name="imageSize">Side of the square images, in pixels.</param>
    /// <exception cref="ArgumentException">The options do not fit together; the message names them and the
    /// fix.</exception>
    public Vit(VitOptions options, int imageSize) : base("vit")
    {
        Require(options, imageSize);
        (Shape, Patches, recomputes) = (options.ShapeFor(imageSize), options.PatchesFor(imageSize), options.Recompute);
        hidden = (int)(options.Width * options.MlpRatio);
        classToken = new(zeros(1, 1, options.Width));
        positions = SinCosPositions.Buffer(options.Width, Patches.Grid);
        embedding = new(Patches.Grid, options.Patch, options.Width);
        blocks = TransformerBlock.Stack(options.Depth, options.Width, options.Heads, hidden, options.QkvBias);
        norm = nn.LayerNorm(options.Width, TransformerBlock.Epsilon);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override BackboneShape Shape { get; }

    /// <inheritdoc/>
    public PatchShape Patches { get; }

    /// <inheritdoc/>
    public override Tensor Features(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Pool(Encode(images)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Pool(Tensor tokens) => ImageTokens.MeanOfPatches(tokens, Patches.Prefix);

    /// <inheritdoc/>
    public Tensor Encode(Tensor images)
    {
        using var scope = NewDisposeScope();
        var patches = embedding.forward(embedding.Cut(images)) + Positions.narrow(1, 1, Patches.Grid.Count);
        return Transform(patches).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor EncodeVisible(Tensor images, Tensor visible)
    {
        using var scope = NewDisposeScope();
        // The embedding does not mix patches, so hidden ones need not be embedded.
        var pixels = ImageTokens.PickRows(embedding.Cut(images), visible);
        var places = Positions[0].index_select(0, visible.flatten() + 1)
            .view(visible.shape[0], visible.shape[1], Shape.Width);
        return Transform(embedding.forward(pixels) + places).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override void Initialize(RandomStream random) => VisionInitialization.Apply(this, random);

    /// <inheritdoc/>
    public override long Flops => VisibleFlops(Patches.Grid.Count);

    /// <inheritdoc/>
    public long VisibleFlops(int visible) =>
        TransformerFlops.Linear(visible, 3L * Patches.PatchSize * Patches.PatchSize, Shape.Width)
        + blocks.Count * TransformerFlops.Block(Patches.Prefix + visible, Shape.Width, hidden);

    /// <inheritdoc/>
    /// <remarks>timm, MAE and this module share their names, except that a file may hold the biases of queries, keys
    /// and values as one tensor.</remarks>
    public IEnumerable<ForeignTensor> AlternativesTo(string name) => AttentionNames.AlternativesTo(name);

    /// <inheritdoc/>
    public bool MayStay(string name) => name == "pos_embed";

    /// <inheritdoc/>
    public string? Obstacle(IReadOnlyCollection<string> names) =>
        names.FirstOrDefault(name => clipTower.Any(sign => name.Contains(sign, StringComparison.Ordinal))) is { } sign
            ? $"its image encoder is CLIP's own ({sign}), with a norm before the blocks, QuickGELU in them and no "
                + "bias in the patch embedding, which [backbone] kind = \"vit\" has not"
            : null;

    Tensor Positions => positions.to(classToken.dtype);

    Tensor Transform(Tensor patches)
    {
        var first = (classToken + Positions.narrow(1, 0, 1)).expand(patches.shape[0], 1, Shape.Width);
        var tokens = cat([first, patches], 1);
        foreach (var block in blocks)
            tokens = recomputes
                ? ActivationCheckpoint.Run(parts => block.forward(parts[0]), tokens) : block.forward(tokens);
        return norm.forward(tokens);
    }

    static void Require(VitOptions options, int imageSize)
    {
        if (options.PatchMistake(imageSize) is { } uneven) throw new ArgumentException($"[backbone] {uneven}");
        TransformerShape.RequireHeads("backbone", options.Width, options.Heads);
        TransformerShape.RequirePositions("backbone", options.Width);
    }
}
