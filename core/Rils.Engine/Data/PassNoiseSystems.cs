using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Data;

/// <summary>The system that draws the noise for the passes of backbones on the host lane.</summary>
static class PassNoiseSystems
{
    /// <summary>Draws the noise of a step. Each pass and each place of the batch has its own stream, so that its noise
    /// depends neither on other places nor on the arms' probabilities, and the first blocks of a deep backbone get the
    /// noise of a shallow one.</summary>
    public static void Prepare(
        in Step step, in Samples samples, in Seed seed, in NoisyPasses passes, out Prepared<PassNoise> noise)
    {
        var (root, number, count) = (seed.Root.Fork("drop path"), step.Number, samples.All.Count);
        noise = new(new(passes.All.ToDictionary(pass => pass, pass => LoaderSystems
            .Uniform(root.Fork(pass.Pass.Name).Fork(number), count, pass.Shape.Blocks, pass.Shape.Branches))));
    }
}
