using static TorchSharp.torch;

namespace Rils.Masking;

/// <summary>Random masking whose ratio follows the step.</summary>
static class RandomRamp
{
    /// <summary>Keeps the patches with the smallest noise, as many as the step's ratio says.</summary>
    public static void Mask(in RandomRampOptions options, in PatchShape shape, in MaskNoise noise, in Step step,
        in RunLength length, out PatchMask mask)
    {
        using var constant = no_grad();
        mask = PatchMask.KeepSmallest(noise.For(shape.Grid),
            options.Visible(shape.Grid.Count, step.Number, length.Steps));
    }
}
