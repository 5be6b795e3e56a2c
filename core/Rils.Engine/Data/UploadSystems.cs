using Rils.Contract;
using Rils.Scheduling;
using TorchSharp;

namespace Rils.Engine.Data;

/// <summary>The start of a tick on a device: copies the frame, also on the CPU, so that it can be copied again after an
/// arm has spoilt it. A CUDA device copies from pinned memory in its own time; the lane does not wait.</summary>
static class UploadSystems
{
    public static void Images(in LoadedPixels loaded, in DeviceName device, out Images images) =>
        images = new(Normalization.Apply(loaded.Pixels, torch.device(device.Value)));

    public static void Views(in LoadedPixels loaded, in DeviceName device, out AugmentedViews views)
    {
        var target = torch.device(device.Value);
        views = new([.. loaded.Views.Select(view => Normalization.Apply(view, target))]);
    }

    /// <summary>Copies a prepared value: the engine has such a system for each type that a system prepares.</summary>
    public static void Value<T>(in Pinned<T> placed, in DeviceName device, out T value) where T : class, IUploaded<T>
    {
        var target = torch.device(device.Value);
        value = placed.Value.Map(tensor => tensor.to(target, copy: true, non_blocking: true));
    }
}
