using Rils.Contract;
using Rils.Engine.Data;
using Rils.Engine.Plugins;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>Plans arms without data, and without making a value: which systems would run.</summary>
static class DraftPlan
{
    /// <param name="registry">The kinds and systems.</param>
    /// <param name="arms">The arms, each name once.</param>
    /// <exception cref="ScheduleException">The systems have no single order.</exception>
    public static Plan Of(PluginRegistry registry, IEnumerable<ArmDefinition> arms)
    {
        var world = new World();
        world.Shared.Set(new Seed(RandomStream.Root(0))).Promise(typeof(TrainingData))
            .Promise(typeof(TrainingSamples)).Set(new BatchShape())
            .Set(new CaptionEncoders()).Set(new NoisyPasses()).Set(new RunLength(1)).Set(new BatchParts(1))
            .Set(new Gather(1));
        var builder = new ArmBuilder(registry.Slots, context: null, 0, _ => null, static () => new());
        foreach (var arm in arms) builder.AddTo(world, arm, "cpu");
        return Experiment.PlanOf(world, registry);
    }
}
