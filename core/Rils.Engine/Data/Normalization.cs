using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>From bytes to what models see: (value / 255 - mean) / standard deviation, per channel, with ImageNet's figures as in SLIP and MAE.</summary>
static class Normalization
{
    static readonly float[] Mean = [0.485f, 0.456f, 0.406f], Deviation = [0.229f, 0.224f, 0.225f];

    /// <summary>Moves <c>[batch, 3, size, size]</c> bytes to the device and normalises them there, in fp32.</summary>
    public static Tensor Apply(Tensor pixels, Device device)
    {
        using var scope = NewDisposeScope();
        var scale = tensor([.. Deviation.Select(deviation => 1 / (255 * deviation))], [1, 3, 1, 1], device: device);
        var shift = tensor([.. Mean.Zip(Deviation, (mean, deviation) => mean / deviation)], [1, 3, 1, 1], device: device);
        return pixels.to(device).to_type(ScalarType.Float32).mul_(scale).sub_(shift).MoveToOuterDisposeScope();
    }
}
