using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Contracts;
using Rils.Engine.Data;
using Rils.Engine.Guards;
using Rils.Engine.Native;
using Rils.Scheduling;

namespace Rils.Engine.Execution;

/// <summary>Makes the runners of an experiment's plans.</summary>
static class ExperimentRunner
{
    /// <summary>Makes a runner that watches which values its systems change, and checks the values that they make
    /// against the plugin contract.</summary>
    public static Runner NewRunner(
        this Experiment experiment, Plan plan, long firstStep, long endStep,
        Func<IDisposable>? scope = null, IProbe? probe = null)
    {
        // The process has one switch, which an earlier experiment of a sweep may have left on.
        if (plan.Arms.Any(arm => IsCuda(arm.Entity.Device)))
            DeterministicAlgorithms.Switch(experiment.Settings.Deterministic);
        return new(plan, firstStep, endStep, scope, probe,
            () => new TensorWatch(plan.World.Shared.Get<Seed>()), new ValueContract(experiment),
            plan.World.Shared.Get<BatchParts>().TakeThreads);
    }

    /// <summary>Makes the modules and State of all arms, and gives the host lane the shapes that batches must have. A
    /// masking that cannot mask the backbone's patches fails here, not at the first step.</summary>
    /// <exception cref="SystemFailedException">A model cannot be made.</exception>
    public static void SetupArms(this Runner runner, Plan plan)
    {
        runner.Setup();
        foreach (var arm in plan.Arms) ArmCost.Of(arm, runner);
        IEnumerable<T> Shapes<T>() where T : class => plan.Arms.Select(arm => runner.Find<T>(arm.Entity)).OfType<T>();
        plan.World.Shared.Get<CaptionEncoders>().All = [.. Shapes<CaptionEncoder>().Distinct()];
        plan.World.Shared.Get<BatchShape>().Complete(
            Shapes<PatchShape>().Select(patches => patches.Grid), ComponentReading.Of(plan), plan.ReadsViews());
        var views = plan.World.Shared.Get<TrainingData>().Views?.Sizes.Count ?? 0;
        plan.World.Shared.Get<NoisyPasses>().Complete(
            from arm in plan.Arms
            let backbone = runner.Find<Backbone>(arm.Entity) as INoisyBackbone
            where backbone?.Noise is not null
            from pass in arm.Passes(views)
            select (pass, backbone.Noise!.Value));
    }

    static bool IsCuda(string device) => device.StartsWith("cuda", StringComparison.Ordinal);
}
