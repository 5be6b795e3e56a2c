using Rils.Layers;
using TorchSharp;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Models;

/// <summary>Self-attention under the names of PyTorch's MultiheadAttention.</summary>
sealed class TextAttention : nn.Module<Tensor, Tensor?, Tensor>
{
    readonly int heads;
    [ComponentName(Name = "in_proj_weight")] readonly Parameter inputWeight;
    [ComponentName(Name = "in_proj_bias")] readonly Parameter inputBias;
    [ComponentName(Name = "out_proj")] readonly Linear output;

    public TextAttention(int width, int heads) : base("attn")
    {
        this.heads = heads;
        inputWeight = new(zeros(3 * width, width));
        inputBias = new(zeros(3 * width));
        output = nn.Linear(width, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input, Tensor? mask)
    {
        var qkv = Affine.Of(input, inputWeight, inputBias);
        return output.Apply(AttentionProduct.AttendCausally(qkv, heads, mask));
    }
}
