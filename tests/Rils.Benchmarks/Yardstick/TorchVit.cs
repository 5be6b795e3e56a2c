using Rils.Contract;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary><see cref="Models.Vit"/> of TorchSharp's own layers, under the same names.</summary>
sealed class TorchVit : nn.Module<Tensor, Tensor?, Tensor>
{
    [ComponentName(Name = "cls_token")] readonly Parameter classToken;
    [ComponentName(Name = "pos_embed")] readonly Tensor positions;
    [ComponentName(Name = "patch_embed")] readonly Sequential embedding;
    readonly Sequential blocks;
    readonly LayerNorm norm;

    /// <param name="width">The width of a token.</param>
    /// <param name="patches">The patches.</param>
    /// <param name="depth">The number of blocks.</param>
    /// <param name="heads">The number of attention heads.</param>
    public TorchVit(int width, PatchShape patches, int depth, int heads) : base("vit")
    {
        classToken = new(zeros(1, 1, width));
        positions = zeros(1, 1 + patches.Grid.Count, width);
        embedding = nn.Sequential(("proj", nn.Conv2d(3, width, patches.PatchSize, stride: patches.PatchSize)));
        blocks = TorchBlock.Vision(depth, width, heads);
        norm = nn.LayerNorm(width, 1e-6);
        RegisterComponents();
    }

    /// <param name="images"><c>[batch, 3, size, size]</c>.</param>
    /// <param name="visible">The numbers of the patches to encode, int64 <c>[batch, visible]</c>; null means
    /// all.</param>
    /// <returns><c>[batch, 1 + visible, width]</c>, the class token first.</returns>
    public override Tensor forward(Tensor images, Tensor? visible)
    {
        using var scope = NewDisposeScope();
        var patches = embedding.forward(images).flatten(2)
            .transpose(1, 2) + positions.narrow(1, 1, positions.shape[1] - 1);
        if (visible is not null) patches = patches.gather(1, visible.unsqueeze(-1).expand(-1, -1, patches.shape[2]));
        var first = (classToken + positions.narrow(1, 0, 1)).expand(images.shape[0], -1, -1);
        return norm.forward(blocks.forward(cat([first, patches], 1))).MoveToOuterDisposeScope();
    }
}
