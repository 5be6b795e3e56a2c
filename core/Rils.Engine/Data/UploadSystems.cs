using Rils.Contract;
using Rils.Scheduling;
using TorchSharp;

namespace Rils.Engine.Data;

/// <summary>The start of a tick on a device: copies the frame, also on the CPU, so that it can be copied again after an
/// arm has spoilt it. A CUDA device copies from pinned memory in its own time; the lane does not wait.</summary>
static class UploadSystems
{
    public static void Images(in PreparedBatch batch, in DeviceName device, out Images images) =>
        images = new(Normalization.Apply(batch.Pixels, torch.device(device.Value)));

    public static void Views(in PreparedBatch batch, in DeviceName device, out AugmentedViews views)
    {
        var target = torch.device(device.Value);
        views = new(Normalization.Apply(batch.Views[0], target), Normalization.Apply(batch.Views[1], target));
    }

    public static void Captions(in PreparedBatch batch, in DeviceName device, out Captions captions) =>
        captions = new(Copy(batch.Tokens!, torch.device(device.Value)), batch.Lengths);

    public static void Noise(in PreparedBatch batch, in DeviceName device, out MaskNoise noise)
    {
        var target = torch.device(device.Value);
        noise = new(batch.Noise.ToDictionary(pair => pair.Key, pair => Copy(pair.Value, target)).AsReadOnly());
    }

    /// <summary>Copies a tensor of the frame; the lane does not wait.</summary>
    public static torch.Tensor Copy(torch.Tensor frame, torch.Device device) =>
        frame.to(device, copy: true, non_blocking: true);
}
