using Rils.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>The level <c>transformer.resblocks</c> of CLIP's names.</summary>
sealed class ResidualBlocks : nn.Module
{
    readonly ModuleList<ResidualBlock> resblocks;
    readonly bool isFp32;

    public ResidualBlocks(TextTransformerOptions options) : base("transformer")
    {
        isFp32 = options.ResidualInFp32;
        resblocks = new(
            [.. Enumerable.Range(0, options.Depth).Select(_ => new ResidualBlock(options.Width, options.Heads))]);
        RegisterComponents();
    }

    public int Depth => resblocks.Count;

    /// <summary>Applies all blocks: <c>[batch, tokens, width]</c> to the same shape. No token attends to a later
    /// one.</summary>
    public Tensor Transform(Tensor tokens)
    {
        var mask = AttentionProduct.CausalMask(tokens);
        if (isFp32) tokens = tokens.to(ScalarType.Float32);
        foreach (var block in resblocks) tokens = block.forward(tokens, mask);
        return tokens;
    }
}
