using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Evaluations;

/// <summary>Gathers the parts of an arm that evaluations use.</summary>
static class ArmModels
{
    /// <param name="experiment">The experiment.</param>
    /// <param name="runner">The runner, whose Setup has run.</param>
    /// <param name="arm">The arm.</param>
    public static ArmModel Of(Experiment experiment, Runner runner, Entity arm) => new(
        runner.Find<Backbone>(arm)!, runner.Find<TextEncoder>(arm), runner.Find<SharedSpace>(arm),
        arm.Find<ITokenizer>(), device(arm.Device), new(experiment.Compute.Parts!.Value))
    {
        Finder = type => runner.Find(arm, type) ?? arm.Find(type),
        Others = [.. runner.States(arm).Select(state => state.Value).OfType<nn.Module>()
            .Where(module => module is IBackedBy<Weights>)],
    };
}
