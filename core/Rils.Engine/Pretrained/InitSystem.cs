using Rils.Contract;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Pretrained;

/// <summary>Writes the weights that <c>[init]</c> names into the arm's modules, before other systems use the
/// modules.</summary>
static class InitSystem
{
    /// <exception cref="ArgumentException">The weights do not fit; the message lists all reasons.</exception>
    public static void Take(
        in Collected<Trainable> parts, in InitOptions options, in PretrainedWeights<InitOptions> given,
        in Maybe<TrainedBefore> before, out TakenWeights taken)
    {
        using var scope = NewDisposeScope();
        taken = given.Read() is { } weights
            ? new WeightsTaking("[init]", given.Title, options, weights, whole: before.IsPresent).Into(parts)
            : new(given.Title, [], [], [], [], [], []);
        foreach (var part in parts)
            if (InitModules.Of(part.Module) is { } own && options.Freeze.Contains(own))
            {
                part.Module.eval(); // running statistics stay as they are, too
                foreach (var parameter in part.Module.parameters()) parameter.requires_grad = false;
            }
    }
}
