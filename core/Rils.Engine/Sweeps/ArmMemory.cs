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

/// <summary>Counts the bytes that arms keep for as long as they train: their State. Activations come and go, for one
/// arm at a time.</summary>
/// <remarks>The count sets an arm up by its plan, always in bf16, and adds what each State says that it keeps
/// (<see cref="ICheckpointed.Bytes"/>), and modules that lie in no such State. So the State of plugins counts too, such
/// as a frozen teacher; other components do not, nor tensors that a State leaves out. Arms are counted once where they
/// differ only in parts without State: masking, schedule, the origin of weights, and numbers with a fraction outside
/// the modules' own tables, which are weights, rates and temperatures. Where a plugin makes modules of its own, such a
/// number may be a size, and counts.</remarks>
sealed class ArmMemory
{
    /// <summary>The bytes of arms by their keys; null for arms whose key must have the numbers with a fraction
    /// too.</summary>
    readonly Dictionary<string, long?> known = [];

    /// <summary>Half of a device's memory, in bytes; for a CPU half of the memory that the system lets the process
    /// have. The rest is for activations, frames and the system.</summary>
    /// <param name="devices"><c>cpu</c>, <c>cuda:0</c>; of several the smallest counts.</param>
    public static long LimitOn(string devices) => ArmDevices.Each(devices)
        .Min(device => GpuDriver.Memory(device) ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) / 2;

    /// <summary>The bytes of an arm's State.</summary>
    /// <exception cref="SystemFailedException">A model cannot be made.</exception>
    public long Of(Experiment experiment, ArmDefinition arm)
    {
        var (key, whole) = (KeyOf(experiment, arm, isWhole: false), KeyOf(experiment, arm, isWhole: true));
        if ((known.GetValueOrDefault(key) ?? known.GetValueOrDefault(whole)) is { } counted) return counted;
        var (bytes, hasOwn) = Count(experiment, arm);
        known[whole] = bytes;
        known[key] = hasOwn ? null : bytes;
        // Second handles keep the flat buffers, as at a seed's end: without a collection they would stay while the next
        // arm is set up.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return bytes;
    }

    static string KeyOf(Experiment experiment, ArmDefinition arm, bool isWhole)
    {
        var slots = experiment.Registry.Slots;
        var objectives =
            arm.Objectives.Select(objective => KeyValuePair.Create($"objective.{objective.Key}", objective.Value));
        var tables = arm.Tables.Where(table => slots.Find(table.Key) is not { IsStateless: true }).Concat(objectives)
            .Select(table => $"{table.Key} {table.Value.Entry.Name} {Options(table.Value, slots, isWhole)} "
                + OptionsOfSource(arm, table.Key, slots, isWhole));
        return string.Join('\n', tables.Order(StringComparer.Ordinal).Prepend($"{experiment.Context}"));
    }

    static string Options(BoundTable bound, SlotTable slots, bool isWhole) => string.Join(' ',
        OptionProperty.Of(bound.Entry.Options).Where(option =>
            (isWhole || slots.Find(bound.Entry.Table)?.Setup is not null
                || option.Property.PropertyType != typeof(double))
                && !(bound.Options is PretrainedOptions && option.Property.Name == nameof(PretrainedOptions.From)))
        .Select(option => $"{option.Key}={OptionKey.Show(option.Property.GetValue(bound.Options))}"));

    /// <summary>The backbone of the arm from which weights are taken, since a frozen teacher has it; nothing else of
    /// that arm counts.</summary>
    static string OptionsOfSource(ArmDefinition arm, string table, SlotTable slots, bool isWhole) =>
        arm.Pretrained.TryGetValue(table, out var origin)
            ? $"{origin.Backbone.Entry.Name} {Options(origin.Backbone, slots, isWhole)}" : "";

    /// <summary>Counts the bytes of an arm's State, and tells whether the arm has modules beside those of the
    /// slots.</summary>
    static (long Bytes, bool HasOwn) Count(Experiment experiment, ArmDefinition arm)
    {
        var world = experiment.NewWorldOnCpu(experiment.Settings.Seeds[0], [arm.Name], _ => null);
        world.Shared.Set(new MixedPrecision());
        var plan = experiment.PlanOf(world);
        using var runner = experiment.NewRunner(plan, 0, 1, torch.NewDisposeScope);
        runner.Setup();
        var modules = new StateModules(plan.Arms.Single().Entity, runner);
        return (modules.Bytes, modules.HasOwn);
    }
}
