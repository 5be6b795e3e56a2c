using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary>A pre-norm transformer block of TorchSharp's own layers, MLP four times as wide.</summary>
sealed class TorchBlock : nn.Module<Tensor, Tensor>
{
    readonly nn.Module<Tensor, Tensor> norm1, attention, norm2, mlp;

    TorchBlock((string Name, LayerNorm Norm) norm1, nn.Module<Tensor, Tensor> attention,
        (string Name, LayerNorm Norm) norm2, Sequential mlp)
        : base("block")
    {
        (this.norm1, this.attention, this.norm2, this.mlp) = (norm1.Norm, attention, norm2.Norm, mlp);
        register_module(norm1.Name, norm1.Norm);
        register_module("attn", attention);
        register_module(norm2.Name, norm2.Norm);
        register_module("mlp", mlp);
    }

    /// <summary>Blocks under timm's names, named by their numbers.</summary>
    public static Sequential Vision(int depth, int width, int heads) => Stack(depth, () => new(
        ("norm1", nn.LayerNorm(width, 1e-6)), new TorchVisionAttention(width, heads),
        ("norm2", nn.LayerNorm(width, 1e-6)),
        nn.Sequential(("fc1", nn.Linear(width, 4 * width)), ("act", nn.GELU()), ("fc2", nn.Linear(4 * width, width)))));

    /// <summary>Blocks under CLIP's names, named by their numbers.</summary>
    public static Sequential Text(int depth, int width, int heads) => Stack(depth, () => new(
        ("ln_1", nn.LayerNorm(width)), new TorchTextAttention(width, heads), ("ln_2", nn.LayerNorm(width)),
        nn.Sequential(("c_fc", nn.Linear(width, 4 * width)), ("gelu", new TorchQuickGelu()),
            ("c_proj", nn.Linear(4 * width, width)))));

    /// <summary><c>[batch, tokens, width]</c> to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        // As our blocks do, for the plain loop's benefit: what the backward pass does not need is freed here.
        using var scope = NewDisposeScope();
        var attended = input + attention.forward(norm1.forward(input));
        return (attended + mlp.forward(norm2.forward(attended))).MoveToOuterDisposeScope();
    }

    static Sequential Stack(int depth, Func<TorchBlock> make) =>
        nn.Sequential([.. Enumerable.Range(0, depth).Select(_ => make())]);
}
