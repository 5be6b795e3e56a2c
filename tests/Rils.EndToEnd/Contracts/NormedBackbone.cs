using Rils.Contract;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Tests.Contracts;

/// <summary>A backbone with batch norm, and with dropout that drops nothing. Patches go through a linear layer and a
/// norm over all patches of the batch.</summary>
sealed class NormedBackbone : Backbone
{
    readonly Linear embed, mix;
    readonly BatchNorm1d norm;
    readonly Dropout dropout;
    readonly bool recomputes;

    public NormedBackbone(NormedOptions options, ExperimentContext context) : base("normed")
    {
        Shape = new(16, new(context.ImageSize / 8, context.ImageSize / 8), 8);
        (embed, mix, norm, dropout, recomputes) = (nn.Linear(192, 16), nn.Linear(16, 16), nn.BatchNorm1d(16),
            nn.Dropout(0), options.Recompute || options.Hidden);
        RegisterComponents();
    }

    public override BackboneShape Shape { get; }

    public override Tensor Encode(Tensor images) => Transform(Cut(images));

    public override Tensor EncodeVisible(Tensor images, Tensor visible) =>
        Transform(Cut(images).gather(1, visible.unsqueeze(2).expand(-1, -1, 192)));

    public override void Initialize(RandomStream random)
    {
        foreach (var (name, parameter) in named_parameters())
            if (parameter.dim() > 1) Initialization.XavierUniform(parameter, random.Fork(name));
    }

    public override long Flops(int patches) => 2L * patches * 16 * (192 + 16);

    Tensor Cut(Tensor images)
    {
        var side = Shape.Grid.Rows;
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
