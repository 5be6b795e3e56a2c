using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Runs;

namespace Rils.Engine.Sweeps;

/// <summary>One run of a sweep: arms that train side by side.</summary>
/// <param name="Label">The run's name in its folder's name: <c>batch-128</c>, <c>batch-128-part-2</c> where memory is
/// short; empty for a sweep's only run.</param>
/// <param name="Point">The name of the values that set the run apart from runs of other data, length or precision:
/// <c>batch-128</c>; empty where nothing does.</param>
/// <param name="Title">The same values as text for people: <c>batch=128</c>.</param>
/// <param name="Values">The same values by key.</param>
/// <param name="Arms">The run's arms.</param>
/// <param name="Tree">The run's experiment, with absolute paths.</param>
/// <param name="Settings">The run's seeds, length and precision.</param>
public sealed record SweepRun(
    string Label, string Point, string Title, IReadOnlyDictionary<string, string> Values, IReadOnlyList<SweepArm> Arms,
    ExperimentTree Tree, ExperimentSettings Settings)
{
    /// <summary>The arms whose weights each arm takes.</summary>
    public required ILookup<string, string> Sources { get; init; }

    /// <summary>The arms and all arms from which they take weights, directly or by others: no arm can do without its
    /// sources.</summary>
    public IReadOnlySet<string> WithSources(IEnumerable<string> arms)
    {
        HashSet<string> all = [.. arms];
        while (all.SelectMany(arm => Sources[arm]).ToArray() is var sources && !all.IsSupersetOf(sources))
            all.UnionWith(sources);
        return all;
    }
}
