using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary>Self-attention under timm's names, with biases of queries and values.</summary>
sealed class TorchVisionAttention : nn.Module<Tensor, Tensor>
{
    readonly int heads;
    readonly Linear qkv, proj;
    [ComponentName(Name = "q_bias")] readonly Parameter queryBias;
    [ComponentName(Name = "v_bias")] readonly Parameter valueBias;

    public TorchVisionAttention(int width, int heads) : base("attn")
    {
        this.heads = heads;
        (qkv, proj) = (nn.Linear(width, 3 * width, hasBias: false), nn.Linear(width, width));
        (queryBias, valueBias) = (new(zeros(width)), new(zeros(width)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var bias = cat([queryBias, zeros_like(valueBias), valueBias]);
        return proj.forward(TorchAttention.Attend(nn.functional.linear(input, qkv.weight!, bias),
            heads, isCausal: false));
    }
}
