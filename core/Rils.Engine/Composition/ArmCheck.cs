using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Data;
using Rils.Engine.Plugins;
using Rils.Engine.Slots;
using Rils.Engine.Training;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>Asks of every loss and every added component whether its arm has all that it needs, and of every State whether it is saved.</summary>
/// <remarks>It judges what could be read, so that an arm that cannot work is told together with other mistakes: a table that is there but
/// wrong counts as there.</remarks>
/// <param name="registry">The kinds and systems.</param>
/// <param name="context">Null where the data or the length of the run is wrong: then what depends on them is not made.</param>
/// <param name="data">Null where the size of the images is wrong: then nothing is judged by the size of the images.</param>
/// <param name="problems">Gets the mistakes.</param>
sealed class ArmCheck(PluginRegistry registry, ExperimentContext? context, DataContext? data, Problems problems)
{
    /// <summary>What looks like a slip but may be meant.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    readonly List<string> warnings = [];

    /// <summary>Checks all arms.</summary>
    /// <param name="arms">As the file gives them.</param>
    /// <param name="lacks">What the data lacks.</param>
    /// <exception cref="ScheduleException">The systems have no single order.</exception>
    public void Check(IEnumerable<ArmDefinition> arms, IReadOnlyList<DataLack> lacks)
    {
        var shapes = new ShapeCheck(data, context, problems, warnings);
        ArmDefinition[] given = [.. arms.DistinctBy(arm => arm.Name)];
        foreach (var arm in given) CheckValues(arm);
        if (PlanOf(given) is not { } plan) return;
        foreach (var (definition, arm) in given.Select(definition =>
            (definition, plan.Arms.First(arm => arm.Entity.Name == definition.Name))))
        {
            var before = problems.Count;
            foreach (var table in definition.Tables.Values.Concat(definition.Objectives.Values).Where(table => table.Entry.Slot is null))
                CheckComponent(definition, table, arm);
            var isWhole = problems.Count == before && definition.Unread.Count == 0;
            // What nothing reads is never made; but in an arm with other mistakes that is no one's intention.
            shapes.Check([.. definition.Tables.Values.Where(table => !isWhole || IsRead(arm, table, registry.Slots))],
                definition.Objectives.Values);
            foreach (var system in LosesState(arm))
                problems.Add(definition.Span, $"{system.Name} of {system.Definition.Origin} updates State that no checkpoint would hold: let its type implement {nameof(ICheckpointed)}");
            if (isWhole && !arm.In(Stage.Update).Any())
                problems.Add(definition.Span, $"arm {definition.Name} trains nothing: it has no loss; give it a [target] or an [[objective]]");
            if (isWhole && definition.Tables.TryGetValue("init", out var init)) new InitCheck(problems).Check(init, arm);
            foreach (var lack in lacks)
            {
                var (value, name) = lack.Slot.Offer!.Value;
                if (lack.Without is { } at && arm.Reads(value))
                    problems.Add(at, $"arm {definition.Name} reads {name}, and the data has no [{lack.Slot.Table}]");
                if (arm.Reads(value) || !isWhole) problems.Add(lack.Unmade);
            }
        }
        if (problems.Count == 0) CheckReaders(given, plan);
    }

    /// <summary>Makes the values that need no Setup, and with them the services that the kinds take.</summary>
    void CheckValues(ArmDefinition arm)
    {
        if (context is null) return;
        using var scope = new KindScope();
        foreach (var (name, table) in arm.Tables)
            if (table.Entry.Slot is { } made && registry.Slots.Find(name)?.Component == made)
                table.TryMake<object>(context, scope, problems);
    }

    /// <summary>A table that nothing reads in any arm that has it was written for nothing: by <c>--set</c> that is a mistake, in a file it may be meant.</summary>
    void CheckReaders(IReadOnlyList<ArmDefinition> arms, Plan plan)
    {
        var tables = arms.SelectMany(arm => arm.Tables.Select(table => (Arm: arm.Name, Name: table.Key, Table: table.Value)));
        foreach (var same in tables.GroupBy(entry => (entry.Name, entry.Table.Span)))
        {
            if (same.Any(entry => IsRead(plan.Arms.First(arm => arm.Entity.Name == entry.Arm), entry.Table, registry.Slots))) continue;
            var (name, span) = same.Key;
            var holders = string.Join(", ", same.Select(entry => entry.Arm));
            if (span.IsSet) problems.Add(span, $"changes nothing: only {holders} takes it, where nothing reads [{name}]; name an arm that does, as in --set arm.NAME.{name}.…");
            else warnings.Add($"{span}: nothing reads [{name}] of arm {holders}: give it a loss that does, or drop the table");
        }
    }

    /// <summary>Whether a system of the arm's plan reads what a table gives it.</summary>
    public static bool IsRead(EntityPlan arm, BoundTable bound, SlotTable slots) => arm.Reads(bound.Entry.Options)
        || (slots.Find(bound.Entry.Table) is { Contract: not null, Component: { } component } && arm.Reads(component));

    Plan? PlanOf(IEnumerable<ArmDefinition> arms)
    {
        var world = new World();
        world.Shared.Set(new Seed(RandomStream.Root(0))).Promise(typeof(TrainingData)).Set(new BatchShape())
            .Set(new RunLength(1)).Set(new BatchParts(1));
        var builder = new ArmBuilder(registry.Slots, context: null, 0, _ => null, static () => new());
        foreach (var arm in arms) builder.AddTo(world, arm, "cpu");
        try
        {
            return Experiment.PlanOf(world, registry);
        }
        catch (ScheduleException) when (problems.Count > 0)
        {
            return null;
        }
    }

    void CheckComponent(ArmDefinition arm, BoundTable table, EntityPlan plan)
    {
        var idle = plan.Pruned.Where(system => system.Missing.Count > 0 && SystemParameters(system.Definition).Contains(table.Entry.Options));
        string[] missing = [.. idle.SelectMany(system => system.Missing).Distinct().Select(type => registry.TableOf(type) ?? type.Name)
            .Where(name => !IsTold(arm, name.Split(']')[0].Trim('['))).Order(StringComparer.Ordinal)];
        if (missing.Length == 0) return;
        problems.Add(table.Span, $"{table.Where} of kind {table.Entry.Kind ?? table.Entry.Table} cannot work in arm {arm.Name}, which lacks {string.Join(", ", missing)}: " +
            $"add {(missing.Length > 1 ? "them" : "it")}, or drop this by {table.Entry.Table} = \"none\" in the arm");
    }

    /// <summary>Whether what an arm lacks of a table follows from a mistake that is told already. A table that is there lacks something only by another:
    /// the shape of a target, which each target's plugin could make, by a backbone that is wrong.</summary>
    static bool IsTold(ArmDefinition arm, string table) => arm.Unread.Contains(table) || (arm.Unread.Count > 0 && arm.Tables.ContainsKey(table));

    /// <summary>Systems that change State in ticks which a resumed run would not get back.</summary>
    static IEnumerable<PlannedSystem> LosesState(EntityPlan arm)
    {
        var states = arm.In(Stage.Setup).SelectMany(system => system.Parameters).Where(p => p.Access == Access.Create && !p.Type.IsAssignableTo(typeof(ICheckpointed)))
            .Select(p => p.Type).ToHashSet();
        return arm.Systems.Where(system => system.Definition.Stage != Stage.Setup && system.Parameters.Any(p => p.Access == Access.Update && states.Contains(p.Type)));
    }

    static IEnumerable<Type> SystemParameters(SystemDefinition system) =>
        system.Body.Method.GetParameters().Select(parameter => parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType);
}
