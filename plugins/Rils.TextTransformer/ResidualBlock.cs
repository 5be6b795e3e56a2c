using Rils.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>A pre-norm transformer block under CLIP's names.</summary>
sealed class ResidualBlock : nn.Module<Tensor, Tensor?, Tensor>
{
    readonly TextAttention attn;
    [ComponentName(Name = "ln_1")] readonly LayerNorm norm1;
    readonly TextMlp mlp;
    [ComponentName(Name = "ln_2")] readonly LayerNorm norm2;

    public ResidualBlock(int width, int heads) : base("resblock")
    {
        attn = new(width, heads);
        norm1 = nn.LayerNorm(width, TextTransformer.Epsilon);
        mlp = new(width);
        norm2 = nn.LayerNorm(width, TextTransformer.Epsilon);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input, Tensor? mask)
    {
        // The scope frees tensors that the backward pass does not need here, not at the end of the step.
        using var scope = NewDisposeScope();
        var attended = input.Plus(attn.forward(norm1.Apply(input), mask));
        return attended.Plus(mlp.forward(norm2.Apply(attended))).MoveToOuterDisposeScope();
    }
}
