using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Runs;

namespace Rils.Engine.Execution;

/// <summary>The differences between the means by which a run was begun and those of this process. Further seeds are no
/// difference: the old seeds stay as they are.</summary>
/// <param name="Obstacles">The differences with which the run may go on only where the user accepts them: another
/// experiment, data, engine, plugins, device or precision.</param>
/// <param name="Cautions">The differences with which the run may go on, but to other bits than an uninterrupted run:
/// another machine or number of threads.</param>
public sealed record ResumeCheck(IReadOnlyList<Difference> Obstacles, IReadOnlyList<Difference> Cautions)
{
    /// <summary>The most differences that <see cref="Lines"/> shows.</summary>
    const int Shown = 50;

    /// <summary>Compares a run with this process.</summary>
    /// <param name="folder">The path of a folder in which a run was begun.</param>
    /// <param name="experiment">The experiment that would go on.</param>
    /// <param name="plugins">The loaded plugins.</param>
    /// <param name="device">The device of the arms that name none.</param>
    /// <returns>The differences; none where the run may go on to the same bits.</returns>
    /// <exception cref="InvalidDataException">The run's manifest is damaged, or an earlier build wrote it.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ResumeCheck Of(string folder, Experiment experiment, PluginSet plugins, string device)
    {
        var (then, now) = (RunManifest.Read(folder), CurrentMeans.Of(experiment, plugins, device));
        return new(then.Obstacles(now), then.Cautions(now));
    }

    /// <summary>The obstacles that the user does not accept.</summary>
    /// <param name="accepted">The names of the accepted differences.</param>
    public IReadOnlyList<Difference> Refused(IReadOnlyList<string> accepted) =>
        [.. Obstacles.Where(difference => difference.Name is null || !accepted.Contains(difference.Name))];

    /// <summary>The accepted names that the run needs: those of its obstacles.</summary>
    /// <param name="accepted">The names of the accepted differences.</param>
    public IReadOnlyList<string> Needed(IReadOnlyList<string> accepted) =>
        [.. accepted.Where(name => Obstacles.Any(difference => difference.Name == name))];

    /// <summary>Words for differences, a line each. Where there are more than a message should show, the last line
    /// counts the others.</summary>
    /// <param name="differences">The differences, in the order of the lines.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<Difference> differences)
    {
        foreach (var difference in differences.Take(Shown))
            yield return $"{difference}{(difference.Name is { } name ? $"; --accept {name} goes on" : "")}";
        if (differences.Count > Shown) yield return $"and {differences.Count - Shown} more";
    }
}
