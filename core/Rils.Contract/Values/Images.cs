using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>The batch's images, on the device of the lane.</summary>
/// <param name="Pixels">fp32 <c>[batch, 3, size, size]</c>, red, green and blue, normalised by <see cref="Mean"/> and
/// <see cref="Deviation"/>. All arms read this tensor: do not change it.</param>
public sealed record Images(Tensor Pixels) : IShared
{
    /// <summary>The means of red, green and blue over ImageNet, where 1 is full brightness, as in SLIP and
    /// MAE.</summary>
    public static IReadOnlyList<float> Mean { get; } = [0.485f, 0.456f, 0.406f];

    /// <summary>The standard deviations of red, green and blue over ImageNet, where 1 is full brightness.</summary>
    public static IReadOnlyList<float> Deviation { get; } = [0.229f, 0.224f, 0.225f];

    /// <summary>Turns normalised pixels back into colours, rounded, and cut to 0 to 255.</summary>
    /// <param name="pixels">Normalised pixels, any floating type, <c>[images, 3, height, width]</c>.</param>
    /// <returns>uint8 <c>[images, 3, height, width]</c> on the same device, without gradient.</returns>
    public static Tensor ToRgb(Tensor pixels)
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        Tensor Channels(IReadOnlyList<float> values) => tensor(values.ToArray(), [1, 3, 1, 1], device: pixels.device);
        var colours = (pixels.to(ScalarType.Float32) * Channels(Deviation)).Plus(Channels(Mean));
        return colours.mul_(Constant.Of(255)).round_().clamp_(Constant.Of(0), Constant.Of(255)).to(ScalarType.Byte)
            .MoveToOuterDisposeScope();
    }
}
