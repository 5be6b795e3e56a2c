using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary>x · σ(1.702 x), CLIP's activation.</summary>
sealed class TorchQuickGelu() : nn.Module<Tensor, Tensor>("quick_gelu")
{
    public override Tensor forward(Tensor input) => input * (1.702 * input).sigmoid();
}
