using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>Turns bytes into the models' input: (value / 255 - mean) / standard deviation, per channel, with ImageNet's
/// figures as in SLIP and MAE.</summary>
static class Normalization
{
    /// <summary>Moves <c>[batch, 3, size, size]</c> bytes to the device and normalises them there, in fp32.</summary>
    /// <remarks>No call waits for a CUDA device: the device copies from pinned memory by itself, and from other memory
    /// CUDA has taken all bytes when the call returns.</remarks>
    public static Tensor Apply(Tensor pixels, Device device)
    {
        using var scope = NewDisposeScope();
        var scale = Channels(Images.Deviation.Select(deviation => 1 / (255 * deviation)), device);
        var shift = Channels(Images.Mean.Zip(Images.Deviation, (mean, deviation) => mean / deviation), device);
        return pixels.to(device, non_blocking: true).to_type(ScalarType.Float32).mul_(scale).sub_(shift)
            .MoveToOuterDisposeScope();
    }

    /// <summary>Makes <c>[1, 3, 1, 1]</c> on the device: a copy of an array of the host would make the lane
    /// wait.</summary>
    static Tensor Channels(IEnumerable<float> values, Device device) =>
        cat([.. values.Select(value => full([1, 1, 1, 1], Constant.Of(value), device: device))], 1);
}
