using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Scheduling;
using Rils.Testing.Checks;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Testing;

/// <summary>Holds a plugin to the contract: each kind of a slot by the checks of that slot, and all systems by a plan.
/// </summary>
/// <remarks>No test framework is needed: a failed check throws. The checks of a slot are the entries of one table, and
/// the names of those that ran are in the report.</remarks>
public static class Conformance
{
    /// <summary>Runs all checks that fit the plugin's kinds.</summary>
    /// <param name="plugin">The plugin.</param>
    /// <param name="given">Options records, each in place of the defaults of the kinds that take its type: small models
    /// are checked as well as large ones, and faster. Contexts (<see cref="SourceContext"/>, say), in place of the tiny
    /// ones. A source is checked only where its <see cref="SourceContext"/> is given.</param>
    /// <returns>The checks that ran, and the kinds that were left out.</returns>
    /// <exception cref="ConformanceException">A check failed, or a kind cannot be made; the findings have all of
    /// them.</exception>
    public static ConformanceReport Check(IPlugin plugin, params IReadOnlyList<object> given)
    {
        using var tested = PluginUnderTest.Of(plugin);
        List<ConformanceFinding> findings = [];
        List<string> passed = [], leftOut = [];
        foreach (var entry in tested.Kinds)
        {
            object[] own = [.. given.Where(entry.Options.IsInstanceOfType)];
            foreach (var options in own.Length > 0 ? own : Defaults(entry, findings))
                CheckKind(tested, entry, options, given, findings, passed, leftOut);
        }
        findings.AddRange(PlanCheck.Of(tested.Systems, given).Select(fault =>
            new ConformanceFinding(fault.What, $"the systems of plugin {tested.Name}", fault.Fix)));
        if (findings.Count > 0) throw new ConformanceException([.. findings.Distinct()]);
        return new(passed, leftOut);
    }

    static object[] Defaults(KindEntry entry, List<ConformanceFinding> findings)
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

    static void CheckKind(PluginUnderTest tested, KindEntry entry, object options, IReadOnlyList<object> given,
        List<ConformanceFinding> findings, List<string> passed, List<string> leftOut)
    {
        var context = entry.Slot is null ? options : PluginUnderTest.ContextOf(entry, given);
        if (context is null)
        {
            leftOut.Add($"{entry.Title}: nobody gave a {PluginUnderTest.ContextType(entry).Name}");
            return;
        }
        object Make() => entry.Make is null ? options : tested.Make(entry, options, context);
        if (!CanBeMade(entry, options, Make, findings)) return;
        var type = entry.Slot ?? entry.Options;
        foreach (var check in SlotCheck.All.Where(check => type.IsAssignableTo(check.Slot)))
        {
            var where = $"{entry.Title}, check \"{check.Name}\"";
            var faults = Run(check, new(options, context, Make));
            findings.AddRange(faults.Select(fault => new ConformanceFinding(fault.What, where, fault.Fix)));
            if (faults.Count == 0) passed.Add(where);
        }
    }

    static bool CanBeMade(KindEntry entry, object options, Func<object> make, List<ConformanceFinding> findings)
    {
        var refused = PluginUnderTest.Mistakes(options).ToList();
        if (refused.Count == 0)
            try
            {
                using var scope = NewDisposeScope();
                (make() as IDisposable)?.Dispose();
                return true;
            }
            // A stranger's factory may throw anything.
            catch (Exception error)
            {
                refused.Add(Cause.Of(error));
            }
        findings.AddRange(refused.Select(why => new ConformanceFinding(
            $"the kind cannot be made from {options}: {why}", entry.Title,
            $"give Conformance.Check a {entry.Options.Name} with which the kind can be made, or mend the factory")));
        return false;
    }

    static IReadOnlyList<Fault> Run(SlotCheck check, Kind kind)
    {
        try
        {
            using var scope = NewDisposeScope();
            return [.. check.Run(kind)];
        }
        // A stranger's kind may throw anything.
        catch (Exception error)
        {
            return [new($"the check ended with {Cause.Root(error).GetType().Name}: {Cause.Of(error)}",
                "debug the test: the exception comes from a call that the engine makes, too")];
        }
    }
}
