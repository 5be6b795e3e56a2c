using Rils.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>A vision transformer with a class token and pre-norm blocks, under timm's names (Dosovitskiy et al. 2021;
/// He et al. 2022). By its options it is that of MAE and RILS, CLIP's image tower or DINOv2's.</summary>
public sealed class Vit :
    Backbone, IMaskedBackbone, INoisyBackbone, ILayeredFeatures, IAttentionMaps, IOtherSizes, IForeignNames
{
    readonly VitOptions options;
    readonly int hidden;
    [ComponentName(Name = "cls_token")] readonly Parameter classToken;
    [ComponentName(Name = "register_tokens")] readonly Parameter? registers;
    [ComponentName(Name = "pos_embed")] readonly Tensor positions;
    [ComponentName(Name = "patch_embed")] readonly PatchEmbedding embedding;
    [ComponentName(Name = "norm_pre")] readonly LayerNorm? normBefore;
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
        (this.options, Shape, Patches) = (options, options.ShapeFor(imageSize), options.PatchesFor(imageSize));
        hidden = (int)(options.Width * options.MlpRatio);
        classToken = new(zeros(1, 1, options.Width));
        if (options.Registers > 0) registers = new(zeros(1, options.Registers, options.Width));
        positions = options.Positions == Positions.Learned
            ? new Parameter(zeros(1, 1 + Patches.Grid.Count, options.Width))
            : SinCosPositions.Buffer(options.Width, Patches.Grid);
        embedding = new(options.Patch, options.Width, options.PatchBias);
        if (options.PreNorm) normBefore = nn.LayerNorm(options.Width, options.NormEps);
        blocks = TransformerBlock.Stack(
            options.Depth, options.Width, options.Heads, hidden, options.QkvBias, new()
            {
                Activation = options.Activation,
                NormEps = options.NormEps,
                LayerScale = options.LayerScale,
            });
        norm = nn.LayerNorm(options.Width, options.NormEps);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override BackboneShape Shape { get; }

    /// <inheritdoc/>
    public PatchShape Patches { get; }

    /// <inheritdoc/>
    public NoiseShape? Noise => options.DropPath > 0 ? new(blocks.Count, TransformerBlock.Branches) : null;

    /// <inheritdoc/>
    public override Tensor Features(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Pool(Encode(images)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Pool(Tensor tokens) => options.Pooling == Pooling.Class ? tokens.select(1, 0)
        : ImageTokens.MeanOfPatches(tokens, Patches.Prefix);

    /// <inheritdoc/>
    public Tensor Encode(Tensor images) => Encode(images, noise: null);

    /// <inheritdoc/>
    public Tensor Encode(Tensor images, Tensor? noise)
    {
        using var scope = NewDisposeScope();
        return Transform(Embed(images), noise).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor EncodeVisible(Tensor images, Tensor visible) => EncodeVisible(images, visible, noise: null);

    /// <inheritdoc/>
    public Tensor EncodeVisible(Tensor images, Tensor visible, Tensor? noise)
    {
        using var scope = NewDisposeScope();
        // The embedding does not mix patches, so hidden ones need not be embedded.
        var pixels = ImageTokens.PickRows(embedding.Cut(images), visible);
        var places = Places[0].index_select(0, visible.flatten().Plus(Constant.Of(1)))
            .view(visible.shape[0], visible.shape[1], Shape.Width);
        return Transform(embedding.forward(pixels).Plus(places), noise).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <remarks>Each layer's tokens go through the last norm, so that the last layer has the backbone's own
    /// features.</remarks>
    public IReadOnlyList<Tensor> LayerFeatures(Tensor images, IReadOnlyList<int> layers)
    {
        using var scope = NewDisposeScope();
        var tokens = Begin(Embed(images));
        List<Tensor> features = [];
        for (var layer = 1; features.Count < layers.Count; layer++)
        {
            tokens = Apply(layer - 1, tokens, noise: null);
            if (layers[features.Count] == layer) features.Add(Pool(End(tokens)));
        }
        return [.. features.Select(feature => feature.MoveToOuterDisposeScope())];
    }

    /// <inheritdoc/>
    public int AttentionLayers => blocks.Count;

    /// <inheritdoc/>
    public int AttentionPrefix => Patches.Prefix + options.Registers;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Attention(Tensor images, IReadOnlyList<int> layers)
    {
        using var scope = NewDisposeScope();
        var tokens = Begin(Embed(images));
        List<Tensor> maps = [];
        for (var layer = 1; maps.Count < layers.Count; layer++)
        {
            if (layers[maps.Count] == layer) maps.Add(blocks[layer - 1].Attention(tokens));
            if (maps.Count < layers.Count) tokens = Apply(layer - 1, tokens, noise: null);
        }
        return [.. maps.Select(map => map.MoveToOuterDisposeScope())];
    }

    /// <inheritdoc/>
    public long AttentionFlops(IReadOnlyList<int> layers)
    {
        var tokens = AttentionPrefix + Patches.Grid.Count;
        return EmbeddingFlops(Patches.Grid.Count)
            + (layers.Max() - 1) * TransformerFlops.Block(tokens, Shape.Width, hidden)
            + layers.Count * TransformerFlops.Attention(tokens, Shape.Width);
    }

    /// <inheritdoc/>
    public override void Initialize(RandomStream random) => VisionInitialization.Apply(this, random);

    /// <inheritdoc/>
    public override long Flops => VisibleFlops(Patches.Grid.Count);

    /// <inheritdoc/>
    public long VisibleFlops(int visible) => EmbeddingFlops(visible)
        + blocks.Count * TransformerFlops.Block(AttentionPrefix + visible, Shape.Width, hidden);

    /// <inheritdoc/>
    public string? SizeMistake(int size) => size % options.Patch == 0 ? null
        : $"patch = {options.Patch} does not divide {size} pixels; take a multiple of {options.Patch}";

    /// <inheritdoc/>
    /// <remarks>Leaves out the interpolation of the positions, once a batch.</remarks>
    public long FlopsFor(int size) => VisibleFlops(Cut(size).Count);

    /// <inheritdoc/>
    public IEnumerable<ForeignTensor> AlternativesTo(string name) =>
        VitNames.AlternativesTo(name, options, Patches.Grid);

    /// <inheritdoc/>
    public bool MayStay(string name) => name == "pos_embed" && options.Positions == Positions.Sincos;

    /// <inheritdoc/>
    public string? Obstacle(IReadOnlyCollection<string> names) => VitNames.Obstacle(names, options);

    Tensor Places => positions.to(classToken.dtype);

    long EmbeddingFlops(int patches) =>
        TransformerFlops.Linear(patches, 3L * Patches.PatchSize * Patches.PatchSize, Shape.Width);

    Tensor Embed(Tensor images)
    {
        var (grid, places) = (Cut((int)images.shape[2]), Places.narrow(1, 1, Patches.Grid.Count));
        if (grid != Patches.Grid) places = PositionTable.Resized(places, Patches.Grid, grid);
        return embedding.forward(embedding.Cut(images)).Plus(places);
    }

    PatchGrid Cut(int size) => new(size / options.Patch, size / options.Patch);

    Tensor Transform(Tensor patches, Tensor? noise)
    {
        var tokens = Begin(patches);
        for (var number = 0; number < blocks.Count; number++) tokens = Apply(number, tokens, noise);
        return End(tokens);
    }

    /// <summary>Puts the tokens that stand for no patch before those of the patches.</summary>
    Tensor Begin(Tensor patches)
    {
        var batch = patches.shape[0];
        var first = classToken.Plus(Places.narrow(1, 0, 1)).expand(batch, 1, Shape.Width);
        var tokens = registers is null ? cat([first, patches], 1)
            : cat([first, registers.expand(batch, options.Registers, Shape.Width), patches], 1);
        if (normBefore is not null) tokens = normBefore.forward(tokens);
        return options.ResidualInFp32 ? tokens.to(ScalarType.Float32) : tokens;
    }

    Tensor End(Tensor tokens) => norm.Apply(WithoutRegisters(tokens)).to(classToken.dtype);

    Tensor Apply(int number, Tensor tokens, Tensor? noise)
    {
        var (block, rate) = (blocks[number], DropPath.RateOf(options.DropPath, number, blocks.Count));
        Tensor[] inputs = noise is null ? [tokens] : [tokens, noise.select(1, number)];
        return options.Recompute ? ActivationCheckpoint.Run(Forward, inputs) : Forward(inputs);

        Tensor Forward(Tensor[] given) => block.Forward(given[0], given.Length > 1 ? given[1] : null, rate);
    }

    Tensor WithoutRegisters(Tensor tokens)
    {
        if (registers is null) return tokens;
        var others = 1 + options.Registers;
        return cat([tokens.narrow(1, 0, 1), tokens.narrow(1, others, tokens.shape[1] - others)], 1);
    }

    static void Require(VitOptions options, int imageSize)
    {
        if (options.PatchMistake(imageSize) is { } uneven) throw new ArgumentException($"[backbone] {uneven}");
        if (options.DropPathMistake() is { } idle) throw new ArgumentException($"[backbone] {idle}");
        TransformerShape.RequireHeads("backbone", options.Width, options.Heads);
        if (options.Positions == Positions.Sincos) TransformerShape.RequirePositions("backbone", options.Width);
    }
}
