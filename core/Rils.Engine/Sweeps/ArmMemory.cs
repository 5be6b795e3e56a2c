using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Native;
using Rils.Engine.Slots;
using Rils.Engine.Training;
using Rils.Scheduling;
using TorchSharp;

namespace Rils.Engine.Sweeps;

/// <summary>What arms keep in memory for as long as they train, in bytes: their State. Activations come and go, one arm's at a time.</summary>
/// <remarks>An arm is set up by its plan, in bf16 whatever it will train in, and each State says what it keeps (<see cref="ICheckpointed.Bytes"/>): whatever a plugin
/// keeps counts too, a frozen teacher say, but not what a component keeps that is no State, or one that leaves tensors out. Arms are counted once that differ only in what
/// makes no State: masking, schedule, whose weights are taken, and numbers with a fraction outside the modules' own tables, which are weights, rates and temperatures.</remarks>
sealed class ArmMemory
{
    readonly Dictionary<string, long> known = [];

    /// <summary>Half of what a device has, of the machine's memory also what it lets the process have: the rest is for activations, frames and the system.</summary>
    /// <param name="devices"><c>cpu</c>, <c>cuda:0</c>; of several the smallest counts.</param>
    public static long LimitOn(string devices) => ArmDevices.Each(devices)
        .Min(device => GpuDriver.Memory(device) ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) / 2;

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
        var slots = experiment.Registry.Slots;
        var tables = arm.Tables.Where(table => slots.Find(table.Key) is not { IsStateless: true }).Concat(arm.Objectives.Select(objective => KeyValuePair.Create($"objective.{objective.Key}", objective.Value)));
        return string.Join('\n', tables.Select(table => $"{table.Key} {table.Value.Entry.Kind} {Options(table.Value, slots)} {OptionsOfSource(arm, table.Key, slots)}").Order(StringComparer.Ordinal).Prepend($"{experiment.Context}"));
    }

    static string Options(BoundTable bound, SlotTable slots) => string.Join(' ', OptionProperty.Of(bound.Entry.Options)
        .Where(option => (slots.Find(bound.Entry.Table)?.Setup is not null || option.Property.PropertyType != typeof(double)) && !(bound.Options is WeightsOrigin && option.Property.Name == nameof(WeightsOrigin.From)))
        .Select(option => $"{option.Key}={OptionKey.Show(option.Property.GetValue(bound.Options))}"));

    /// <summary>Of arms that are taken from only the backbone counts: a frozen teacher has it.</summary>
    static string OptionsOfSource(ArmDefinition arm, string table, SlotTable slots) => arm.Origins.TryGetValue(table, out var origin) ? $"{origin.Backbone.Entry.Kind} {Options(origin.Backbone, slots)}" : "";

    static long Count(Experiment experiment, ArmDefinition arm)
    {
        var world = experiment.NewWorldOnCpu(experiment.Settings.Seeds[0], [arm.Name], _ => null);
        world.Shared.Set(new MixedPrecision());
        var plan = experiment.PlanOf(world);
        using var runner = experiment.NewRunner(plan, 0, 1, torch.NewDisposeScope);
        runner.Setup();
        return runner.States(plan.Arms.Single().Entity).Select(state => state.Value).OfType<ICheckpointed>().Sum(state => state.Bytes);
    }
}
