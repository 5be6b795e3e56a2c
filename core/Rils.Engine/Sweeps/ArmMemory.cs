using Rils.Abstractions;
using Rils.Ecs;
using Rils.Engine.Data;
using Rils.Engine.Experiments;
using Rils.Engine.Loading;
using Rils.Engine.Training;
using TorchSharp;

namespace Rils.Engine.Sweeps;

/// <summary>What arms keep in memory for as long as they train, in bytes: their State. Activations come and go, one arm's at a time.</summary>
/// <remarks>An arm is set up by its plan and its tensors are counted: whatever a plugin keeps counts too. Arms that differ only in tables of which no State
/// is made are counted once.</remarks>
sealed class ArmMemory
{
    /// <summary>The gradient, and the bf16 copy of the parameters.</summary>
    const int BytesBesideCheckpoint = 4 + 2;

    static readonly string[] Stateless = ["masking", "schedule"];

    readonly Dictionary<string, long> known = [];

    /// <summary>Half of what the machine has, or of what it lets the process have: the rest is for activations, frames and the system.</summary>
    public static long Limit => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <exception cref="SystemFailedException">A model cannot be made.</exception>
    public long Of(Experiment experiment, ArmDefinition arm)
    {
        var key = KeyOf(experiment, arm);
        if (!known.TryGetValue(key, out var bytes)) known[key] = bytes = Count(experiment, arm);
        return bytes;
    }

    static string KeyOf(Experiment experiment, ArmDefinition arm)
    {
        var tables = experiment.Tree.Arms.First(tree => tree.Name == arm.Name).Tables.Copy();
        foreach (var table in Stateless) tables.Remove(table);
        var root = new TableNode(default);
        return $"{experiment.Context} {ResolvedExperiment.Write(new(root, [new ArmTree("", default, tables)]))}";
    }

    static long Count(Experiment experiment, ArmDefinition arm)
    {
        var world = new World();
        world.Shared.Set(new Seed(RandomStream.Root(0))).Set(experiment.Training).Set(new BatchShape()).Set(new RunLength(experiment.Context.Steps));
        new ArmBuilder(experiment.Context).AddTo(world, arm, "cpu");
        var plan = Experiment.PlanOf(world, experiment.Registry);
        using var runner = new Runner(plan, 0, 1, torch.NewDisposeScope);
        runner.Setup();
        var entity = plan.Arms.Single().Entity;
        var kept = runner.States(entity).Select(state => state.Value).OfType<ICheckpointed>().SelectMany(state => state.Tensors.Values).Sum(tensor => tensor.numel() * tensor.dtype.ElementSize());
        return kept + BytesBesideCheckpoint * runner.Find<Weights>(entity)!.Count;
    }
}
