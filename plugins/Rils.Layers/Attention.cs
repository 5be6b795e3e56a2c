using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>Self-attention under timm's names: <c>qkv</c>, <c>proj</c>, and for <see cref="QkvBias.Qv"/> <c>q_bias</c>
/// and <c>v_bias</c>.</summary>
public sealed class Attention : nn.Module<Tensor, Tensor>
{
    readonly int heads;
    readonly Linear qkv, proj;
    [ComponentName(Name = "q_bias")] readonly Parameter? queryBias;
    [ComponentName(Name = "v_bias")] readonly Parameter? valueBias;

    /// <summary>Makes a layer whose parameters still have to be drawn.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Number of heads; divides the width.</param>
    /// <param name="bias">Which parts of the fused projection have a bias.</param>
    public Attention(int width, int heads, QkvBias bias) : base("attn")
    {
        this.heads = heads;
        qkv = nn.Linear(width, 3 * width, hasBias: bias == QkvBias.Qkv);
        proj = nn.Linear(width, width);
        if (bias == QkvBias.Qv) (queryBias, valueBias) = (new(zeros(width)), new(zeros(width)));
        RegisterComponents();
    }

    /// <summary>Attends from each token to all: <c>[batch, tokens, width]</c> to the same shape.</summary>
    public override Tensor forward(Tensor input) => proj.Apply(AttentionProduct.Attend(Project(input), heads));

    /// <summary>How much each token attends to each other one: <c>[batch, tokens, width]</c> to fp32
    /// <c>[batch, heads, tokens, tokens]</c>, where each row has the sum 1.</summary>
    public Tensor Weights(Tensor input)
    {
        using var scope = NewDisposeScope();
        return AttentionProduct.Weights(Project(input), heads).MoveToOuterDisposeScope();
    }

    Tensor Project(Tensor input)
    {
        if (queryBias is null || valueBias is null) return qkv.Apply(input);
        // Keys have no bias: softmax does not change when all keys get the same addend.
        return Affine.Of(input, qkv.weight!, cat([queryBias, zeros_like(valueBias), valueBias]));
    }
}
