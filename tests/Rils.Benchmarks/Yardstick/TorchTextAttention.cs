using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary>Causal self-attention under the names of PyTorch's MultiheadAttention.</summary>
sealed class TorchTextAttention : nn.Module<Tensor, Tensor>
{
    readonly int heads;
    [ComponentName(Name = "in_proj_weight")] readonly Parameter inputWeight;
    [ComponentName(Name = "in_proj_bias")] readonly Parameter inputBias;
    [ComponentName(Name = "out_proj")] readonly Linear output;

    public TorchTextAttention(int width, int heads) : base("attn")
    {
        this.heads = heads;
        (inputWeight, inputBias) = (new(zeros(3 * width, width)), new(zeros(3 * width)));
        output = nn.Linear(width, width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) =>
        output.forward(TorchAttention.Attend(nn.functional.linear(input, inputWeight, inputBias),
            heads, isCausal: true));
}
