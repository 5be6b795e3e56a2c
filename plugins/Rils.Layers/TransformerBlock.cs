using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>A pre-norm transformer block under timm's names: <c>norm1</c>, <c>attn</c>, <c>norm2</c>,
/// <c>mlp</c>.</summary>
public sealed class TransformerBlock : nn.Module<Tensor, Tensor>
{
    /// <summary>The LayerNorms' epsilon in ViT, MAE and RILS.</summary>
    public const double Epsilon = 1e-6;

    readonly LayerNorm norm1, norm2;
    readonly Attention attn;
    readonly Mlp mlp;

    /// <summary>Makes a block whose parameters still have to be drawn (<see cref="VisionInitialization"/>).</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Number of heads; divides the width.</param>
    /// <param name="hidden">Width inside the MLP.</param>
    /// <param name="bias">Which parts of the fused attention projection have a bias.</param>
    public TransformerBlock(int width, int heads, int hidden, QkvBias bias) : base("block")
    {
        (norm1, norm2) = (nn.LayerNorm(width, Epsilon), nn.LayerNorm(width, Epsilon));
        attn = new(width, heads, bias);
        mlp = new(width, hidden);
        RegisterComponents();
    }

    /// <summary>Makes <paramref name="depth"/> blocks of the same shape, named by their numbers.</summary>
    public static ModuleList<TransformerBlock> Stack(int depth, int width, int heads, int hidden, QkvBias bias) =>
        new([.. Enumerable.Range(0, depth).Select(_ => new TransformerBlock(width, heads, hidden, bias))]);

    /// <summary>Applies attention and MLP, each added to its input: <c>[batch, tokens, width]</c> to the same
    /// shape.</summary>
    public override Tensor forward(Tensor input)
    {
        // The scope frees tensors that the backward pass does not need here, not at the end of the step.
        using var scope = NewDisposeScope();
        var attended = input + attn.forward(norm1.forward(input));
        return (attended + mlp.forward(norm2.forward(attended))).MoveToOuterDisposeScope();
    }
}
