using Rils.Contract;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Tests.Contracts;

/// <summary>A backbone with batch norm, and with dropout that drops nothing. Patches go through a linear layer and a
/// norm over all patches of the batch.</summary>
sealed class NormedBackbone : Backbone, IMaskedBackbone
{
    readonly Linear embed, mix;
    readonly BatchNorm1d norm;
    readonly Dropout dropout;
    readonly bool recomputes;

    public NormedBackbone(NormedOptions options, ExperimentContext context) : base("normed")
    {
        Patches = new(new(context.ImageSize / 8, context.ImageSize / 8), 8, Prefix: 1);
        (embed, mix, norm, dropout, recomputes) = (nn.Linear(192, 16), nn.Linear(16, 16), nn.BatchNorm1d(16),
            nn.Dropout(0), options.Recompute || options.Hidden);
        RegisterComponents();
    }

    public override BackboneShape Shape => new(16);

    public PatchShape Patches { get; }

    public override Tensor Features(Tensor images) => Pool(Encode(images));

    public Tensor Pool(Tensor tokens) => ImageTokens.MeanOfPatches(tokens, Patches.Prefix);

    public Tensor Encode(Tensor images) => Transform(Cut(images));

    public Tensor EncodeVisible(Tensor images, Tensor visible) =>
        Transform(Cut(images).gather(1, visible.unsqueeze(2).expand(-1, -1, 192)));

    public override void Initialize(RandomStream random)
    {
        foreach (var (name, parameter) in named_parameters())
            if (parameter.dim() > 1) Initialization.XavierUniform(parameter, random.Fork(name));
    }

    public override long Flops => VisibleFlops(Patches.Grid.Count);

    public long VisibleFlops(int visible) => 2L * visible * 16 * (192 + 16);

    Tensor Cut(Tensor images)
    {
        var side = Patches.Grid.Rows;
        return images.view(-1, 3, side, 8, side, 8).permute(0, 2, 4, 1, 3, 5).reshape(-1, side * side, 192);
    }

    Tensor Transform(Tensor patches)
    {
        Tensor Block(Tensor tokens) =>
            tokens + dropout.forward(mix.forward(norm.forward(tokens.flatten(0, 1)).view_as(tokens)));
        var embedded = embed.forward(patches.to(embed.weight!.dtype));
        var tokens = cat([embedded.mean([1L], keepdim: true), embedded], 1);
        return recomputes ? ActivationCheckpoint.Run(parts => Block(parts[0]), tokens) : Block(tokens);
    }
}
