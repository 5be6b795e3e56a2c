using Rils.Abstractions;
using Rils.Ecs;
using Rils.Engine.Data;
using Rils.Engine.Experiments;
using Rils.Engine.Loading;
using Rils.Engine.Native;
using Rils.Engine.Training;
using TorchSharp;

namespace Rils.Engine.Sweeps;

/// <summary>What arms keep in memory for as long as they train, in bytes: their State. Activations come and go, one arm's at a time.</summary>
/// <remarks>An arm is set up by its plan and its tensors are counted: whatever a plugin keeps counts too. Arms are counted once that differ only in what makes no
/// State: masking, schedule, and numbers with a fraction outside the modules' own tables, which are weights, rates and temperatures.</remarks>
sealed class ArmMemory
{
    /// <summary>The gradient, and the bf16 copy of the parameters.</summary>
    const int BytesBesideCheckpoint = 4 + 2;

    static readonly string[] Stateless = ["masking", "schedule"], Modules = ["backbone", "text", "space", "decoder"];

    readonly Dictionary<string, long> known = [];

    /// <summary>Half of what a device has, of the machine's memory also what it lets the process have: the rest is for activations, frames and the system.</summary>
    /// <param name="device"><c>cpu</c>, <c>cuda:0</c>.</param>
    public static long LimitOn(string device) => (DeviceMemory.Of(device) ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) / 2;

    /// <exception cref="SystemFailedException">A model cannot be made.</exception>
    public long Of(Experiment experiment, ArmDefinition arm)
    {
        var key = KeyOf(experiment, arm);
        if (known.TryGetValue(key, out var counted)) return counted;
        var bytes = known[key] = Count(experiment, arm);
        // Second handles keep the flat buffers, as at a seed's end: without this they would wait while the next arm is set up.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return bytes;
    }

    static string KeyOf(Experiment experiment, ArmDefinition arm)
    {
        var tables = arm.Tables.Where(table => !Stateless.Contains(table.Key)).Concat(arm.Objectives.Select(objective => KeyValuePair.Create($"objective.{objective.Key}", objective.Value)));
        return string.Join('\n', tables.Select(table => $"{table.Key} {table.Value.Entry.Kind} {Options(table.Key, table.Value)}").Order(StringComparer.Ordinal).Prepend($"{experiment.Context}"));
    }

    static string Options(string table, BoundTable bound) => string.Join(' ', OptionProperty.Of(bound.Entry.Options)
        .Where(option => Modules.Contains(table) || option.Property.PropertyType != typeof(double))
        .Select(option => $"{option.Key}={OptionKey.Show(option.Property.GetValue(bound.Options))}"));

    static long Count(Experiment experiment, ArmDefinition arm)
    {
        var plan = experiment.PlanOf(experiment.NewWorld(experiment.Settings.Seeds[0], "cpu", [arm.Name], _ => null));
        using var runner = new Runner(plan, 0, 1, torch.NewDisposeScope);
        runner.Setup();
        var entity = plan.Arms.Single().Entity;
        var kept = runner.States(entity).Select(state => state.Value).OfType<ICheckpointed>().SelectMany(state => state.Tensors.Values).Sum(tensor => tensor.numel() * tensor.dtype.ElementSize());
        return kept + BytesBesideCheckpoint * runner.Find<Weights>(entity)!.Count;
    }
}
