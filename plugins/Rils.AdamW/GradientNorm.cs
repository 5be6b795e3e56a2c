using static TorchSharp.torch;

namespace Rils.AdamW;

/// <summary>Clips by the norm of all gradients together (Pascanu et al. 2013), as torch.nn.utils.clip_grad_norm_
/// does.</summary>
static class GradientNorm
{
    /// <summary>Scales every group's gradient, in place, so that their common norm is at most
    /// <paramref name="maximum"/>.</summary>
    /// <remarks>Everything stays on the device: the host never reads the factor.</remarks>
    public static void Clip(Weights weights, double maximum)
    {
        var norms = stack(weights.Groups.Select(group => group.Gradient.norm()));
        var norm = norms.norm().Plus(Constant.Of(1e-6));
        var factor = (Constant.Of(maximum) / norm).clamp_max(Constant.Of(1));
        foreach (var group in weights.Groups) group.Gradient.mul_(factor);
    }
}
