using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The batch's images on this device.</summary>
/// <param name="Pixels">Normalised by <see cref="Mean"/> and <see cref="Deviation"/>, fp32 <c>[batch, 3, size, size]</c>. Not to be changed: all arms read
/// it.</param>
public sealed record Images(Tensor Pixels) : IShared
{
    /// <summary>Of red, green and blue in units of 1, over ImageNet, as in SLIP and MAE.</summary>
    public static IReadOnlyList<float> Mean { get; } = [0.485f, 0.456f, 0.406f];

    /// <summary>The standard deviations there.</summary>
    public static IReadOnlyList<float> Deviation { get; } = [0.229f, 0.224f, 0.225f];

    /// <summary>From normalised pixels back to colours, rounded, and cut where there is no such colour.</summary>
    /// <param name="pixels"><c>[images, 3, height, width]</c>, any floating type.</param>
    /// <returns>uint8, of the same shape; no gradient.</returns>
    public static Tensor ToRgb(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        Tensor Channels(IReadOnlyList<float> values) => tensor(values.ToArray(), [1, 3, 1, 1], device: pixels.device);
        var colours = pixels.to(ScalarType.Float32) * Channels(Deviation) + Channels(Mean);
        return colours.mul_(255).round_().clamp_(0, 255).to(ScalarType.Byte).MoveToOuterDisposeScope();
    }
}
