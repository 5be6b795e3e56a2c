using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Scheduling;
using Rils.Testing.Arms;
using Rils.Testing.Checks;
using static TorchSharp.torch;

namespace Rils.Testing;

/// <summary>All checks of one plugin.</summary>
/// <param name="tested">The plugin.</param>
/// <param name="given">Options and contexts in place of the usual ones.</param>
sealed class ConformanceRun(PluginUnderTest tested, IReadOnlyList<object> given)
{
    readonly List<ConformanceFinding> findings = [];
    readonly List<string> passed = [], leftOut = [];
    readonly HashSet<SystemDefinition> ran = [];
    readonly Dictionary<SystemDefinition, string> idle = [];

    /// <summary>Runs the checks.</summary>
    /// <exception cref="ConformanceException">A check failed.</exception>
    public ConformanceReport Report()
    {
        ArmPart[] parts = [.. tested.Kinds.SelectMany(PartsOf)];
        ArmPart[] made = [.. parts.Where(IsSound)];
        findings.AddRange(PlanCheck.Of(tested.Systems, given).Select(fault =>
            new ConformanceFinding(fault.What, $"the systems of plugin {tested.Name}", fault.Fix)));
        // A plan that the scheduler refuses trains nothing.
        if (findings.Count == 0) CheckTraining(made);
        if (findings.Count > 0) throw new ConformanceException([.. findings.Distinct()]);
        return new(passed, leftOut);
    }

    /// <summary>The kind with each of the options that the caller gave, or else with its defaults.</summary>
    IEnumerable<ArmPart> PartsOf(KindEntry entry)
    {
        object[] own = [.. given.Where(entry.Options.IsInstanceOfType)];
        return (own.Length > 0 ? own : Defaults(entry)).Select(options => new ArmPart(entry, options));
    }

    object[] Defaults(KindEntry entry)
    {
        try
        {
            return [Activator.CreateInstance(entry.Options)!];
        }
        // A stranger's constructor may throw anything.
        catch (Exception error)
        {
            findings.Add(new($"{entry.Options.Name} cannot be made: {Cause.Of(error)}", entry.Title,
                "give the record a public constructor without parameters that succeeds"));
            return [];
        }
    }

    /// <summary>Runs the checks of the kind's slot.</summary>
    /// <returns>Whether the kind can be made, so that an arm can have it.</returns>
    bool IsSound(ArmPart part)
    {
        var (entry, options) = part;
        var context = entry.Slot is null ? options : PluginUnderTest.ContextOf(entry, given);
        if (context is null)
        {
            leftOut.Add($"{entry.Title}: nobody gave a {PluginUnderTest.ContextType(entry).Name}");
            return false;
        }
        object Make() => entry.Make is null ? options : tested.Make(entry, options, context);
        if (!CanBeMade(part, Make)) return false;
        var type = entry.Slot ?? entry.Options;
        foreach (var check in SlotCheck.All.Where(check => type.IsAssignableTo(check.Slot)))
            Check($"{entry.Title}, check \"{check.Name}\"", () => check.Run(new(options, context, Make)));
        return true;
    }

    bool CanBeMade(ArmPart part, Func<object> make)
    {
        var (entry, options) = part;
        var refused = PluginUnderTest.Mistakes(options).ToList();
        var done = "the kind cannot be made";
        if (refused.Count == 0)
            try
            {
                using var scope = NewDisposeScope();
                var value = make();
                done = "Dispose of an unused value of the kind throws; it was made";
                (value as IDisposable)?.Dispose();
                return true;
            }
            // A stranger's code may throw anything.
            catch (Exception error)
            {
                refused.Add(Cause.Of(error));
            }
        findings.AddRange(refused.Select(why => new ConformanceFinding($"{done} from {options}: {why}", entry.Title,
            $"give Conformance.Check a {entry.Options.Name} with which the kind can be made, or mend the kind")));
        return false;
    }

    /// <summary>Trains arms and evaluates heads, as the engine does it.</summary>
    void CheckTraining(IReadOnlyList<ArmPart> made)
    {
        var tiny = tested.Experiments(made, given);
        foreach (var arm in ArmParts.WithKinds(made)) CheckArm(tiny, arm.Title, arm.Parts);
        if (tested.Systems.Except(ran).Any() || made.Any(part => part.Entry.Slot == typeof(ISource)))
            CheckArm(tiny, ArmParts.Plain(made).Title, ArmParts.Plain(made).Parts);
        foreach (var head in made.Where(part => part.Entry.Slot == typeof(IHead)))
        {
            var trials = new HeadTrials(tiny, head, ArmParts.ForHeads(made));
            InTurn(head.Entry.Title, HeadCheck.All.Select(check =>
                (check.Name, (Func<IEnumerable<Fault>>)(() => check.Run(trials)))));
        }
        leftOut.AddRange(idle.Where(system => !ran.Contains(system.Key)).Select(system =>
            $"system {system.Key.Name} ran in no arm of the kit: {system.Value}"));
    }

    void CheckArm(TinyExperiment tiny, string title, IReadOnlyList<ArmPart> parts)
    {
        using var trials = new ArmTrials(tiny, parts);
        if (InTurn(title, ArmCheck.All.Select(check =>
            (check.Name, (Func<IEnumerable<Fault>>)(() => check.Run(trials)))))) Note(trials.Plan);
    }

    /// <summary>Runs checks that build on one another: where the first one fails, the others would tell the same
    /// again.</summary>
    /// <returns>Whether the first one passed.</returns>
    bool InTurn(string title, IEnumerable<(string Name, Func<IEnumerable<Fault>> Run)> checks)
    {
        var all = checks.ToArray();
        if (!Check($"{title}, check \"{all[0].Name}\"", all[0].Run, title)) return false;
        foreach (var (name, run) in all.Skip(1)) Check($"{title}, check \"{name}\"", run, title);
        return true;
    }

    /// <summary>Remembers which of the plugin's systems run in an arm, and why others do not.</summary>
    void Note(Plan plan)
    {
        var entities = plan.Arms.Append(plan.Shared).ToArray();
        ran.UnionWith(entities.SelectMany(arm => arm.Systems).Select(system => system.Definition));
        foreach (var pruned in entities.SelectMany(arm => arm.Pruned)
            .Where(pruned => pruned.Definition.Origin == tested.Name))
            idle[pruned.Definition] = pruned.Reason;
    }

    /// <summary>Runs a check. A check that can look at nothing leaves out what it is about.</summary>
    /// <returns>Whether the check passed.</returns>
    bool Check(string where, Func<IEnumerable<Fault>> check, string about = "")
    {
        try
        {
            using var scope = NewDisposeScope();
            Fault[] faults = [.. check()];
            findings.AddRange(faults.Select(fault => new ConformanceFinding(fault.What, where, fault.Fix)));
            if (faults.Length == 0) passed.Add(where);
            return faults.Length == 0;
        }
        catch (LeftOutException reason)
        {
            leftOut.Add($"{about}: {reason.Message}");
        }
        // A stranger's kind may throw anything.
        catch (Exception error)
        {
            findings.Add(new($"the check ended with {Cause.Root(error).GetType().Name}: {Cause.Of(error)}", where,
                "debug the test: the exception comes from a call that the engine makes, too"));
        }
        return false;
    }
}
