using System.ComponentModel.DataAnnotations;
using Rils.Contract;
using TorchSharp.Modules;
using static TorchSharp.torch;

public sealed class PatchMlpPlugin : IPlugin
{
    public void Configure(IRilsBuilder rils) => rils.Backbone<PatchMlpOptions, PatchMlp>("patch-mlp");
}

/// <summary>Two linear layers see each patch by itself; the mean of the patches is the image's feature.</summary>
public sealed record PatchMlpOptions : ITokenBackboneOptions
{
    /// <summary>Side of a patch, in pixels, which divides the images' side.</summary>
    [Range(1, 4096)]
    public int Patch { get; init; } = 8;

    /// <summary>Width of a token.</summary>
    [Range(1, 65536)]
    public int Width { get; init; } = 96;
    public BackboneShape ShapeFor(int imageSize) => new(Width);
    public PatchShape PatchesFor(int imageSize) => new(new(imageSize / Patch, imageSize / Patch), Patch, Prefix: 0);
}

sealed class PatchMlp : Backbone, IMaskedBackbone
{
    readonly Linear first, second;
    readonly Parameter positions;

    public PatchMlp(PatchMlpOptions options, ExperimentContext experiment) : base("patch-mlp")
    {
        (Shape, Patches) = (options.ShapeFor(experiment.ImageSize), options.PatchesFor(experiment.ImageSize));
        first = nn.Linear(3 * options.Patch * options.Patch, options.Width);
        second = nn.Linear(options.Width, options.Width);
        positions = new(zeros(Patches.Grid.Count, options.Width));
        RegisterComponents();
    }

    public override BackboneShape Shape { get; }
    public PatchShape Patches { get; }
    public override long Flops => VisibleFlops(Patches.Grid.Count);
    public long VisibleFlops(int visible) => 2L * visible * (first.weight!.numel() + second.weight!.numel());
    public override Tensor Features(Tensor images) => Pool(Encode(images));
    public Tensor Pool(Tensor tokens) => ImageTokens.MeanOfPatches(tokens, Patches.Prefix);
    public Tensor Encode(Tensor images) => Tokens(images, null);
    public Tensor EncodeVisible(Tensor images, Tensor visible) => Tokens(images, visible);

    Tensor Tokens(Tensor images, Tensor? visible)
    {
        var (batch, rows, side) = (images.shape[0], Patches.Grid.Rows, Patches.PatchSize);
        var pixels = images.view(batch, 3, rows, side, rows, side).permute(0, 2, 4, 1, 3, 5).flatten(3).flatten(1, 2);
        var type = first.weight!.dtype; // pixels are fp32; under bf16 the weights are not
        var tokens = first.forward(pixels.to(type)) + positions.to(type); // [batch, patches, width]
        return second.forward((visible is null ? tokens : ImageTokens.PickRows(tokens, visible)).relu());
    }

    public override void Initialize(RandomStream random)
    {
        foreach (var (name, weight) in named_parameters())
            Initialization.Normal(weight, 0.02, random.Fork(name)); // each from the stream of its name
    }
}
