using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Runs;

namespace Rils.Engine.Execution;

/// <summary>Compares what a run was begun with and what would go on with it. More seeds are no difference: the old
/// seeds stay as they are.</summary>
/// <param name="Obstacles">What forbids to go on, unless it is accepted: another experiment, data, engine, plugins,
/// device or precision.</param>
/// <param name="Cautions">What lets the run go on, but with other bits than an uninterrupted one would have had:
/// another machine or number of threads.</param>
public sealed record ResumeCheck(IReadOnlyList<Difference> Obstacles, IReadOnlyList<Difference> Cautions)
{
    const int Shown = 50;

    /// <summary>Compares.</summary>
    /// <param name="folder">The path of a folder in which a run was begun.</param>
    /// <param name="experiment">What would go on with it.</param>
    /// <param name="plugins">The plugins that are loaded.</param>
    /// <param name="device">The device of all arms.</param>
    /// <exception cref="InvalidDataException">The run's manifest is damaged, or of an earlier build.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ResumeCheck Of(string folder, Experiment experiment, PluginSet plugins, string device)
    {
        var (then, now) = (RunManifest.Read(folder), CurrentMeans.Of(experiment, plugins, device));
        return new(then.Obstacles(now), then.Cautions(now));
    }

    /// <summary>The obstacles that are not accepted.</summary>
    public IReadOnlyList<Difference> Refused(IReadOnlyList<string> accepted) =>
        [.. Obstacles.Where(difference => difference.Name is null || !accepted.Contains(difference.Name))];

    /// <summary>Those names that some obstacle has.</summary>
    public IReadOnlyList<string> Needed(IReadOnlyList<string> accepted) =>
        [.. accepted.Where(name => Obstacles.Any(difference => difference.Name == name))];

    /// <summary>Differences for people, a line each, data, engine and plugins first. Where there are many, the last
    /// line counts the others.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<Difference> differences)
    {
        foreach (var difference in differences.Take(Shown))
            yield return $"{difference}{(difference.Name is { } name ? $"; --accept {name} goes on" : "")}";
        if (differences.Count > Shown) yield return $"and {differences.Count - Shown} more";
    }
}
