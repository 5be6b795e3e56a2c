using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Runs.Sweeps;

namespace Rils.Engine.Sweeps;

/// <summary>One run of a sweep: arms that train side by side.</summary>
/// <param name="Label">Good as a folder's name: <c>batch-128</c>, <c>batch-128-part-2</c> where memory is short; empty for a sweep's only run.</param>
/// <param name="Point">What it differs in from runs of other data, length or precision: <c>batch-128</c>; empty where there is nothing.</param>
/// <param name="Title">For people: <c>batch=128</c>.</param>
/// <param name="Values">The same by key.</param>
/// <param name="Arms">Its arms.</param>
/// <param name="Tree">Its experiment, paths absolute.</param>
/// <param name="Settings">Its seeds, length and precision.</param>
public sealed record SweepRun(
    string Label, string Point, string Title, IReadOnlyDictionary<string, string> Values, IReadOnlyList<SweepArm> Arms, ExperimentTree Tree, ExperimentSettings Settings)
{
    /// <summary>The arms whose weights each arm takes.</summary>
    public required ILookup<string, string> Sources { get; init; }

    /// <summary>Arms, and all that they take weights from, directly or by others: none of them can do without.</summary>
    public IReadOnlySet<string> WithSources(IEnumerable<string> arms)
    {
        HashSet<string> all = [.. arms];
        while (all.SelectMany(arm => Sources[arm]).ToArray() is var sources && !all.IsSupersetOf(sources)) all.UnionWith(sources);
        return all;
    }
}
