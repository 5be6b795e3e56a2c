using Rils.Abstractions;
using Rils.Ecs;
using TorchSharp;

namespace Rils.Engine.Data;

/// <summary>The start of a tick on a device: its own copy of the frame. A CUDA device copies from pinned memory when it gets there; the lane does not wait.</summary>
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
        captions = new(batch.Tokens!.to(torch.device(device.Value), non_blocking: true), batch.Lengths);

    public static void Noise(in PreparedBatch batch, in DeviceName device, out MaskNoise noise)
    {
        var target = torch.device(device.Value);
        noise = new(batch.Noise.ToDictionary(pair => pair.Key, pair => pair.Value.to(target, non_blocking: true)));
    }
}
