using Rils.Runs;
using Rils.Runs.Sweeps;

namespace Rils.Analysis.Joining;

/// <summary>A run that a comparison joins with others.</summary>
/// <param name="Run">The run.</param>
/// <param name="Sweep">The path of the sweep that the run belongs to; null for a run outside a sweep.</param>
/// <param name="Point">The values that set the run apart from the sweep's other runs, such as <c>batch-128</c>; empty
/// where nothing does, as outside a sweep.</param>
/// <param name="Swept">The keys to which the sweep gives values.</param>
sealed record JoinedRun(FinishedRun Run, string? Sweep, string Point, IReadOnlyList<string> Swept)
{
    /// <summary>Reads the folder of a run, or all runs of the folder of a sweep.</summary>
    /// <exception cref="InvalidDataException">There is no finished run, or a run of the sweep is not
    /// finished.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<JoinedRun> Read(string path)
    {
        if (!SweepFolder.Is(path)) return [new(FinishedRun.Read(path), null, "", [])];
        var sweep = SweepFolder.Open(path);
        var runs = sweep.Record.Runs;
        string[] left = [.. runs.Where(run => sweep.Finished(run) is null).Select(run => run.Folder)];
        if (left.Length > 0)
            throw new InvalidDataException(
                $"{sweep.Path} is not finished: {left.Length} of its {runs.Count} runs are left "
                + $"({string.Join(", ", left)}); finish it by: rils run --resume {sweep.Path}");
        return [.. runs.Select(run =>
            new JoinedRun(sweep.Finished(run)!, sweep.Path, run.Point, [.. run.Values.Keys]))];
    }

    /// <summary>The keys in which two runs may differ, because their sweep varies these keys.</summary>
    public IReadOnlyList<string> SweptWith(JoinedRun other) => Sweep is not null && Sweep == other.Sweep ? Swept : [];
}
