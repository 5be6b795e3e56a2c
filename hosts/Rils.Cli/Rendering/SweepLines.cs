using Rils.Engine.Sweeps;

namespace Rils.Cli.Rendering;

/// <summary>The lines in which commands report a sweep.</summary>
static class SweepLines
{
    /// <summary>The most runs that are listed; a line counts the others.</summary>
    const int Shown = 20;

    /// <summary>The note of a command that works on one experiment, and so on the sweep's first run.</summary>
    public static string First(Sweep sweep)
    {
        var run = sweep.Runs.Count == 1 ? "that run" : $"the first, {sweep.Runs[0].Title}";
        return $"note: [sweep] makes {Size(sweep)}; this is {run}";
    }

    /// <summary>The sweep's size, and its runs where there are several; no line without a sweep.</summary>
    public static IEnumerable<string> Of(Sweep? sweep)
    {
        if (sweep is null) yield break;
        yield return $"sweep    {Size(sweep)}, by {string.Join(", ", sweep.Keys)}";
        if (sweep.Runs.Count == 1) yield break;
        foreach (var (index, run) in sweep.Runs.Take(Shown).Index())
            yield return $"         {Position(index, sweep.Runs.Count, run.Title)}, {Count(run.Arms.Count, "arm")}";
        if (sweep.Runs.Count > Shown) yield return $"         and {sweep.Runs.Count - Shown} more";
    }

    /// <summary>Names a run by its place in the sweep: <c>run 2 of 6: batch=128</c>.</summary>
    /// <param name="index">The run's index, from 0.</param>
    /// <param name="count">The number of runs.</param>
    /// <param name="title">The run's title; empty for none.</param>
    public static string Position(int index, int count, string title) =>
        $"run {index + 1} of {count}{(title.Length == 0 ? "" : $": {title}")}";

    /// <summary>The line after the last run: the sweep's folder, and the command that compares all arms.</summary>
    public static string Finished(string folder) =>
        $"the sweep is done; everything is in {folder}; all arms side by side: rils compare {folder}";

    /// <summary>The line with the command that resumes the sweep.</summary>
    public static string Stopped(string folder) => $"the sweep goes on by: rils run --resume {folder}";

    static string Size(Sweep sweep) =>
        $"{Count(sweep.Points, "point")}: {Count(sweep.Arms, "arm")} in {Count(sweep.Runs.Count, "run")}";

    static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
