using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Data;
using Rils.Engine.Plugins;
using Rils.Engine.Slots;
using Rils.Engine.Training;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>Checks that the arm of every loss and every added component has all that these need, and that checkpoints
/// hold every State.</summary>
/// <remarks>The check judges the readable tables, so that the mistakes of an arm appear together with other mistakes: a
/// table that exists but is wrong counts as existing.</remarks>
/// <param name="registry">The kinds and systems.</param>
/// <param name="context">The sizes and lengths; null where the data or the length of the run is wrong, so that parts
/// that depend on them are not made.</param>
/// <param name="data">The images' size; null where it is wrong, so that no table is judged by it.</param>
/// <param name="training">The training data with its table; null where it cannot be opened.</param>
/// <param name="problems">The list that takes mistakes.</param>
sealed class ArmCheck(PluginRegistry registry, ExperimentContext? context, DataContext? data,
    (ISource Source, BoundTable Table)? training, Problems problems)
{
    /// <summary>Findings that look like slips but may be meant.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    readonly List<string> warnings = [];

    /// <summary>Checks all arms.</summary>
    /// <param name="arms">The arms, as the file gives them.</param>
    /// <param name="lacks">The tables that the data lacks.</param>
    /// <param name="encodingHeads">The heads that encode sentences of their own.</param>
    /// <exception cref="ScheduleException">The systems have no single order.</exception>
    public void Check(IEnumerable<ArmDefinition> arms, IReadOnlyList<DataLack> lacks,
        IReadOnlyList<HeadDefinition> encodingHeads)
    {
        var known = training is { } opened ? new TrainingSamples(opened.Source) : null;
        var shapes = new ShapeCheck(data, context, known, problems, warnings);
        ArmDefinition[] given = [.. arms.DistinctBy(arm => arm.Name)];
        foreach (var arm in given) CheckValues(arm);
        if (PlanOf(given) is not { } plan) return;
        foreach (var (definition, arm) in given.Select(definition =>
            (definition, plan.Arms.First(arm => arm.Entity.Name == definition.Name))))
        {
            var before = problems.Count;
            foreach (var table in definition.Tables.Values.Concat(definition.Objectives.Values)
                .Where(table => registry.Slots.Find(table.Entry.Table)?.Contract is null))
                CheckComponent(definition, table, arm);
            var isWhole = problems.Count == before && definition.Unread.Count == 0;
            // A table that nothing reads is never made. In an arm with other mistakes it is checked too, since those
            // may hide its reader.
            shapes.Check([.. definition.Tables.Values.Where(table => !isWhole || IsRead(arm, table, registry.Slots))],
                definition.Objectives.Values);
            foreach (var system in LosesState(arm))
                problems.Add(definition.Span, $"{system.Name} of {system.Definition.Origin} updates State "
                    + $"that no checkpoint would hold: let its type implement {nameof(ICheckpointed)}");
            if (isWhole && !arm.In(Stage.Update).Any())
                problems.Add(definition.Span, $"arm {definition.Name} trains nothing: it has no loss; "
                    + "give it a [target] or an [[objective]]");
            if (isWhole) CheckTexts(definition, arm, encodingHeads);
            if (isWhole && definition.Tables.TryGetValue("init", out var init))
                new InitCheck(problems).Check(init, arm);
            foreach (var lack in lacks)
            {
                if (lack.Slot.OfArm is { } own && definition.Tables.ContainsKey(own)) continue;
                var (value, name) = lack.Slot.Offer!.Value;
                if (lack.Without is { } at && arm.Reads(value))
                    problems.Add(at, $"arm {definition.Name} reads {name}, and the data has no [{lack.Slot.Table}]");
                if (arm.Reads(value) || !isWhole) problems.Add(lack.Unmade);
            }
        }
        if (training is { } samples) new ComponentCheck(problems).Check(plan, samples.Source, samples.Table);
        if (problems.Count == 0) CheckReaders(given, plan);
    }

    /// <summary>Reports the heads that encode sentences, where an arm learns from texts that no encoder of its own
    /// made. An arm without texts is left out of such a head, as every arm that lacks a part.</summary>
    void CheckTexts(ArmDefinition arm, EntityPlan plan, IReadOnlyList<HeadDefinition> encodingHeads)
    {
        var slot = registry.Slots.Of<TextEncoder>();
        if (arm.Tables.ContainsKey(slot.Table)) return;
        var maker = plan.Systems.FirstOrDefault(system => system.Parameters.Any(parameter =>
            parameter.Access == Access.Create && parameter.Type == typeof(TextEmbedding)));
        if (maker is null) return;
        foreach (var head in encodingHeads)
            problems.Add(head.Table.Span, $"head {head.Name} encodes sentences, which arm {arm.Name} cannot: the arm "
                + $"has no [{slot.Table}], and {maker.Name} of {maker.Definition.Origin} makes its texts' vectors from "
                + $"the captions alone. Give the arm a [{slot.Table}] (kinds: "
                + $"{string.Join(", ", registry.Kinds(slot.Table))}), or take a head that reads only images");
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

    /// <summary>Reports a table that no system reads in any arm that has it: a mistake where <c>--set</c> gives it, or
    /// where the backbones of these arms cannot do what its readers need; else a warning.</summary>
    void CheckReaders(IReadOnlyList<ArmDefinition> arms, Plan plan)
    {
        var tables =
            arms.SelectMany(arm => arm.Tables.Select(table => (Arm: arm.Name, Name: table.Key, Table: table.Value)));
        foreach (var same in tables.GroupBy(entry => (entry.Name, entry.Table.Span)))
        {
            if (same.Any(entry =>
                IsRead(plan.Arms.First(arm => arm.Entity.Name == entry.Arm), entry.Table, registry.Slots))) continue;
            var (name, span) = same.Key;
            var holders = string.Join(", ", same.Select(entry => entry.Arm));
            string[][] unable = [.. same.Select(entry =>
                Unable(plan.Arms.First(arm => arm.Entity.Name == entry.Arm), entry.Table))];
            if (unable.All(lacks => lacks.Length > 0))
                problems.Add(span, $"{same.First().Table.Where} of kind {same.First().Table.Entry.Kind} cannot work in "
                    + $"arm {holders}, which lacks {string.Join(", ", unable.SelectMany(lacks => lacks).Distinct())}: "
                    + $"take such a backbone, or drop this by {name} = \"none\" in the arm");
            else if (span.IsSet)
                problems.Add(span, $"changes nothing: only {holders} takes it, where nothing reads [{name}]; "
                    + $"name an arm that does, as in --set arm.NAME.{name}.…");
            else warnings.Add($"{span}: nothing reads [{name}] of arm {holders}: "
                + "give it a loss that does, or drop the table");
        }
    }

    /// <summary>The abilities of a backbone that the arm lacks, where every reader of a table needs one; else
    /// none.</summary>
    string[] Unable(EntityPlan arm, BoundTable table)
    {
        // A kind whose value systems make gives the arm no component of the slot.
        var component = table.Entry.Make is null ? null : registry.Slots.Find(table.Entry.Table)?.Component;
        var readers = arm.Pruned.Where(system => system.Definition.Parameters.Any(parameter =>
            parameter.Access == Access.Read
            && (parameter.Type == table.Entry.Options || parameter.Type == component))).ToArray();
        return !readers.All(system => system.Missing.Any(type => Ability.Find(type) is not null)) ? []
            : [.. WithoutBases(readers.SelectMany(system => system.Missing)
                .Where(type => Ability.Find(type) is not null)).Select(NameOf).Distinct()
                .Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether a system in the arm's plan reads the options or the component of a table.</summary>
    public static bool IsRead(EntityPlan arm, BoundTable bound, SlotTable slots) => arm.Reads(bound.Entry.Options)
        || (slots.Find(bound.Entry.Table) is { Within: not null, Offer: { } offer } && arm.Reads(offer.Value))
        || (slots.Find(bound.Entry.Table) is { Contract: not null, Component: { } component } && arm.Reads(component))
        || (bound.Options is ITextOptions && arm.Reads(typeof(ITextOptions)));

    Plan? PlanOf(IEnumerable<ArmDefinition> arms)
    {
        try
        {
            return DraftPlan.Of(registry, arms);
        }
        catch (ScheduleException) when (problems.Count > 0)
        {
            return null;
        }
    }

    void CheckComponent(ArmDefinition arm, BoundTable table, EntityPlan plan)
    {
        var idle = plan.Pruned.Where(system => Names(system.Definition, table.Entry.Options)).ToArray();
        // A condition on the table's own options says that the system is not wanted; a condition on another table's
        // options says that the system cannot work.
        var unmet = idle.SelectMany(system => system.Unmet).Where(unmet => unmet.Component != table.Entry.Options);
        var types = WithoutBases(idle.SelectMany(system => system.Missing)).ToArray();
        // A table that the arm has lacks something only because of the backbone.
        var unable = types.Where(type => Ability.Find(type) is not null).ToArray();
        string[] missing = [.. (unable.Length > 0 ? unable : types).Select(NameOf)
            .Concat(unmet.Select(unmet => $"{NameOf(unmet.Component)} with {unmet.Condition}")).Distinct()
            .Where(name => !IsTold(arm, name.Split(']')[0].Trim('['))).Order(StringComparer.Ordinal)];
        if (missing.Length == 0) return;
        problems.Add(table.Span, $"{table.Where} of kind {table.Entry.Name ?? table.Entry.Table} "
            + $"cannot work in arm {arm.Name}, which lacks {string.Join(", ", missing)}: "
            + $"add {(missing.Length > 1 ? "them" : "it")}, or drop this by {table.Entry.Table} = \"none\" in the arm");
    }

    /// <summary>Leaves out abilities that another missing one includes: a backbone that can leave out patches gives
    /// tokens.</summary>
    static IEnumerable<Type> WithoutBases(IEnumerable<Type> missing)
    {
        Type[] all = [.. missing];
        return all.Where(type => Ability.Find(type) is not { } ability || !all.Any(other =>
            other != type && Ability.Find(other)?.Interface.IsAssignableTo(ability.Interface) == true));
    }

    string NameOf(Type type) => registry.TableOf(type) ?? type.Name;

    /// <summary>Whether the lack of a table follows from a mistake that is already reported. An existing table lacks
    /// something only because of another table: the shape of a target, for example, which every target's plugin can
    /// make, because of a wrong backbone.</summary>
    static bool IsTold(ArmDefinition arm, string table) =>
        arm.Unread.Contains(table) || (arm.Unread.Count > 0 && arm.Tables.ContainsKey(table));

    /// <summary>The systems that change State in ticks which a resumed run would not get back.</summary>
    static IEnumerable<PlannedSystem> LosesState(EntityPlan arm)
    {
        var states = arm.In(Stage.Setup).SelectMany(system => system.Parameters)
            .Where(p => p.Access == Access.Create && !p.Type.IsAssignableTo(typeof(ICheckpointed)))
            .Select(p => p.Type).ToHashSet();
        return arm.Systems.Where(system => system.Definition.Stage != Stage.Setup
            && system.Parameters.Any(p => p.Access == Access.Update && states.Contains(p.Type)));
    }

    /// <summary>Whether a system runs only where the arm has a component.</summary>
    static bool Names(SystemDefinition system, Type options) => system.Parameters.Any(parameter =>
        parameter.Type == options && parameter.Access is Access.Read or Access.Require);
}
