using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>A pre-norm transformer block under timm's names: <c>norm1</c>, <c>attn</c>, <c>ls1</c>, <c>norm2</c>,
/// <c>mlp</c>, <c>ls2</c>.</summary>
public sealed class TransformerBlock : nn.Module<Tensor, Tensor>
{
    /// <summary>The LayerNorms' epsilon in ViT, MAE and RILS.</summary>
    public const double Epsilon = 1e-6;

    readonly LayerNorm norm1, norm2;
    readonly Attention attn;
    readonly Mlp mlp;
    readonly LayerScale? ls1, ls2;

    /// <summary>Makes a block whose parameters still have to be drawn (<see cref="VisionInitialization"/>).</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Number of heads; divides the width.</param>
    /// <param name="hidden">Width inside the MLP.</param>
    /// <param name="bias">Which parts of the fused attention projection have a bias.</param>
    /// <param name="style">The other parts in which blocks differ; null for those of ViT, MAE and RILS.</param>
    public TransformerBlock(int width, int heads, int hidden, QkvBias bias, BlockStyle? style = null) : base("block")
    {
        style ??= new();
        (norm1, norm2) = (nn.LayerNorm(width, style.NormEps), nn.LayerNorm(width, style.NormEps));
        attn = new(width, heads, bias);
        mlp = new(width, hidden, style.Activation);
        if (style.LayerScale is { } initial) (ls1, ls2) = (new(width, initial), new(width, initial));
        RegisterComponents();
    }

    /// <summary>The number of branches of a block, attention and MLP, each of which drop path may leave
    /// out.</summary>
    public const int Branches = 2;

    /// <summary>Makes <paramref name="depth"/> blocks of the same shape, named by their numbers.</summary>
    public static ModuleList<TransformerBlock> Stack(
        int depth, int width, int heads, int hidden, QkvBias bias, BlockStyle? style = null) =>
        new([.. Enumerable.Range(0, depth).Select(_ => new TransformerBlock(width, heads, hidden, bias, style))]);

    /// <summary>Applies attention and MLP, each added to its input: <c>[batch, tokens, width]</c> to the same
    /// shape.</summary>
    public override Tensor forward(Tensor input) => Forward(input, noise: null, rate: 0);

    /// <summary>How much each token attends to each other one in this block.</summary>
    /// <param name="input">The block's input, <c>[batch, tokens, width]</c>.</param>
    /// <returns>fp32 <c>[batch, heads, tokens, tokens]</c>; each row has the sum 1.</returns>
    public Tensor Attention(Tensor input)
    {
        using var scope = NewDisposeScope();
        return attn.Weights(norm1.Apply(input)).MoveToOuterDisposeScope();
    }

    /// <summary>Does the same as <see cref="forward"/>, where some samples leave out a branch.</summary>
    /// <param name="input"><c>[batch, tokens, width]</c>.</param>
    /// <param name="noise">The noise of both branches for <see cref="DropPath"/>, fp32 <c>[batch, 2]</c>; null to keep
    /// all branches.</param>
    /// <param name="rate">The block's probability to drop a branch.</param>
    /// <returns><c>[batch, tokens, width]</c>.</returns>
    public Tensor Forward(Tensor input, Tensor? noise, double rate)
    {
        // The scope frees tensors that the backward pass does not need here, not at the end of the step.
        using var scope = NewDisposeScope();
        var attended = input.Plus(Branch(attn.forward(norm1.Apply(input)), ls1, 0));
        return attended.Plus(Branch(mlp.forward(norm2.Apply(attended)), ls2, 1)).MoveToOuterDisposeScope();

        Tensor Branch(Tensor branch, LayerScale? scale, long number)
        {
            var scaled = scale is null ? branch : scale.forward(branch);
            return noise is null ? scaled : DropPath.Apply(scaled, noise.select(1, number), rate);
        }
    }
}
