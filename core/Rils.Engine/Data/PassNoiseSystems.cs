using Rils.Contract;
using Rils.Scheduling;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>The systems that draw the noise for the passes of backbones on the host lane, and copy it to a
/// device.</summary>
static class PassNoiseSystems
{
    /// <summary>Draws the noise of a step. Each pass and each place of the batch has its own stream, so that its noise
    /// depends neither on other places nor on the arms' probabilities, and the first blocks of a deep backbone get the
    /// noise of a shallow one.</summary>
    public static void Prepare(
        in Step step, in LoadedSamples loaded, in Seed seed, in NoisyPasses passes, out PreparedPassNoise noise)
    {
        var (root, number, samples, isPinned) =
            (seed.Root.Fork("drop path"), step.Number, loaded.Samples.Count, loaded.Buffers.IsPinned);
        noise = new(passes.All.ToDictionary(pass => pass, pass => LoaderSystems.Placed(
            Draw(root.Fork($"{pass.Pass}").Fork(number), samples, pass.Shape), isPinned)));
    }

    public static void Upload(in PreparedPassNoise made, in DeviceName device, out PassNoise noise)
    {
        var target = torch.device(device.Value);
        noise = new(made.ByPass.ToDictionary(
            pair => pair.Key, pair => UploadSystems.Copy(pair.Value, target)).AsReadOnly());
    }

    static Tensor Draw(RandomStream random, int samples, NoiseShape shape)
    {
        var each = shape.Blocks * shape.Branches;
        return LoaderSystems.Noise(random, samples, each).view(samples, shape.Blocks, shape.Branches);
    }
}
