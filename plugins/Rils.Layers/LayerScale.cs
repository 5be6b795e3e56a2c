using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>Learned gains of a branch, one for each number of a token, under timm's and DINOv2's name <c>gamma</c>
/// (LayerScale; Touvron et al. 2021).</summary>
public sealed class LayerScale : nn.Module<Tensor, Tensor>
{
    readonly Parameter gamma;

    /// <summary>Makes gains that all have their first value; an initialisation leaves them alone.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="initial">The gains' first value.</param>
    public LayerScale(int width, double initial) : base("layer_scale")
    {
        gamma = new(full(width, Constant.Of(initial), ScalarType.Float32));
        RegisterComponents();
    }

    /// <summary>Multiplies each token by the gains: <c>[..., width]</c> to the same shape.</summary>
    public override Tensor forward(Tensor input) => input * gamma;
}
