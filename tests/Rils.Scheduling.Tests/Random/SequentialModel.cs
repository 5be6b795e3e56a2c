namespace Rils.Scheduling.Tests.Random;

/// <summary>Runs a plan the naive way, one system after the other on one thread: what each lane should write
/// down.</summary>
sealed class SequentialModel
{
    readonly Plan plan;
    readonly IReadOnlyDictionary<string, long> every;
    readonly Dictionary<(object Scope, Type Type), ulong> state = [];
    readonly Dictionary<(object Scope, Type Type), ulong> values = [];
    readonly Dictionary<(object Scope, Type Type), SortedDictionary<string, ulong>> appends = [];

    public SequentialModel(Plan plan, IEnumerable<Spec> specs)
    {
        (this.plan, every) = (plan, specs.ToDictionary(spec => spec.Name, spec => spec.Every));
        foreach (var entity in plan.World.Arms.SelectMany(arm => arm.Items.Prepend(arm)))
            foreach (var type in new[] { typeof(Setting0), typeof(Setting1), typeof(ItemSetting) })
                if (entity.Has(type)) state[(entity, type)] = SettingOf(entity, type);
    }

    public Dictionary<string, List<string>> Logs { get; } = [];

    public void Setup()
    {
        foreach (var system in plan.Shared.In(Stage.Setup)) Run(system, "caller", plan.World, -1);
        appends.Clear();
        foreach (var arm in plan.Arms)
            foreach (var system in arm.In(Stage.Setup)) Run(system, LaneOf(arm.Entity.Device), plan.World, -1);
        appends.Clear();
    }

    public void Tick(long step)
    {
        foreach (var system in plan.Shared.Systems.Where(system => system.Lane == Lane.Host))
            Run(system, "rils host lane", plan.World, step);
        foreach (var device in plan.Arms.Select(arm => arm.Entity.Device).Distinct())
        {
            foreach (var system in plan.Shared.In(Stage.Forward)) Run(system, LaneOf(device), device, step);
            foreach (var arm in plan.Arms.Where(arm => arm.Entity.Device == device))
                foreach (var system in arm.Systems.Where(system => system.Definition.Stage != Stage.Setup))
                    Run(system, LaneOf(device), device, step);
            foreach (var system in plan.Shared.In(Stage.Observe)) Run(system, LaneOf(device), device, step);
        }
        values.Clear();
        appends.Clear();
    }

    static string LaneOf(string device) => $"rils device lane {device}";

    static ulong SettingOf(Entity entity, Type type) => type == typeof(Setting1) ? 7
        : type == typeof(Setting0) ? (ulong)(entity.Name[0] - 'a')
        : (ulong)(10 * (entity.Arm!.Name[0] - 'a') + (entity.Name[^1] - '0'));

    void Run(PlannedSystem system, string lane, object world, long step)
    {
        if (step >= 0 && step % every[system.Definition.Name] != 0) return;
        List<List<ulong>> inputs = [];
        foreach (var parameter in system.Parameters.Where(p =>
            p.Access is not (Access.Create or Access.Append or Access.Follow)))
        {
            List<ulong> found = parameter.Access == Access.Collect
                ? [.. appends.GetValueOrDefault(Key(system, parameter, world), []).Values]
                : [.. Find(system, parameter, world)];
            if (found.Count == 0 && parameter.Access is Access.Read or Access.Require or Access.Update)
            {
                Assert.True(system.IsConditional,
                    $"{system.Name} reads {parameter.Type.Name}, which nobody made in this tick");
                return;
            }
            if (parameter.Access != Access.Require) inputs.Add(found);
        }
        var number = Recorder.Number(system.Definition.Name, inputs);
        foreach (var parameter in system.Parameters) Write(system, parameter, world, number);
        if (!Logs.TryGetValue(lane, out var log)) Logs[lane] = log = [];
        log.Add(Recorder.Entry(system.Definition.Name, number));
    }

    void Write(PlannedSystem system, SystemParameter parameter, object world, ulong number)
    {
        var key = Key(system, parameter, world);
        if (parameter.Access == Access.Create) (system.Definition.Stage == Stage.Setup ? state : values)[key] = number;
        if (parameter.Access == Access.Update) (state.ContainsKey(key) ? state : values)[key] = number;
        if (parameter.Access != Access.Append) return;
        if (!appends.TryGetValue(key, out var parts)) appends[key] = parts = new(StringComparer.Ordinal);
        parts[system.Name] = number;
    }

    IEnumerable<ulong> Find(PlannedSystem system, SystemParameter parameter, object world)
    {
        foreach (var key in new[] { Key(system, parameter, world), Key(system, parameter, plan.World) })
            foreach (var place in new[] { state, values })
                if (place.TryGetValue(key, out var number)) return [number];
        return [];
    }

    /// <summary>Shared values that a device makes are the device's own.</summary>
    static (object, Type) Key(PlannedSystem system, SystemParameter parameter, object world) => (parameter.Type switch
    {
        var type when type.IsAssignableTo(typeof(IShared)) => world,
        var type when type.Name.StartsWith("Item") => system.Entity,
        _ => system.Entity.Arm ?? system.Entity,
    }, parameter.Type);
}
