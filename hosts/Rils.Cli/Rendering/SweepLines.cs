using Rils.Engine.Sweeps;

namespace Rils.Cli.Rendering;

/// <summary>What a sweep says of itself, a line each.</summary>
static class SweepLines
{
    /// <summary>More runs than these are only counted.</summary>
    const int Shown = 20;

    /// <summary>For a command that works on one experiment.</summary>
    public static string First(Sweep sweep) =>
        $"note: [sweep] makes {Size(sweep)}; this is {(sweep.Runs.Count == 1 ? "that run" : $"the first, {sweep.Runs[0].Title}")}";

    /// <summary>Its size, and its runs where there are several; nothing without a sweep.</summary>
    public static IEnumerable<string> Of(Sweep? sweep)
    {
        if (sweep is null) yield break;
        yield return $"sweep    {Size(sweep)}, by {string.Join(", ", sweep.Keys)}";
        if (sweep.Runs.Count == 1) yield break;
        foreach (var (index, run) in sweep.Runs.Take(Shown).Index()) yield return $"         {Position(index, sweep.Runs.Count, run.Title)}, {Count(run.Arms.Count, "arm")}";
        if (sweep.Runs.Count > Shown) yield return $"         and {sweep.Runs.Count - Shown} more";
    }

    /// <summary><c>run 2 of 6: batch=128</c></summary>
    public static string Position(int index, int count, string title) => $"run {index + 1} of {count}{(title.Length == 0 ? "" : $": {title}")}";

    /// <summary>What is done when all runs are.</summary>
    public static string Finished(string folder) => $"the sweep is done; everything is in {folder}; all arms side by side: rils compare {folder}";

    /// <summary>How to go on.</summary>
    public static string Stopped(string folder) => $"the sweep goes on by: rils run --resume {folder}";

    static string Size(Sweep sweep) => $"{Count(sweep.Points, "point")}: {Count(sweep.Arms, "arm")} in {Count(sweep.Runs.Count, "run")}";

    static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";
}
