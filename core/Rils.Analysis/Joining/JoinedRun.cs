using Rils.Runs;
using Rils.Runs.Sweeps;

namespace Rils.Analysis.Joining;

/// <summary>A run among others.</summary>
/// <param name="Run">The run.</param>
/// <param name="Sweep">The folder of the sweep that it is of; null for a run by itself.</param>
/// <param name="Point">What it differs in from the sweep's other runs: <c>batch-128</c>; empty where there is nothing.</param>
/// <param name="Swept">The keys in which it differs from them by intention.</param>
sealed record JoinedRun(FinishedRun Run, string? Sweep, string Point, IReadOnlyList<string> Swept)
{
    /// <summary>Reads the folder of a run, or all runs of a sweep's.</summary>
    /// <exception cref="InvalidDataException">There is no finished run, or a run of the sweep is not finished.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static IReadOnlyList<JoinedRun> Read(string path)
    {
        if (!SweepFolder.Is(path)) return [new(FinishedRun.Read(path), null, "", [])];
        var sweep = SweepFolder.Open(path);
        var runs = sweep.Record.Runs;
        string[] left = [.. runs.Where(run => sweep.Finished(run) is null).Select(run => run.Folder)];
        if (left.Length > 0)
            throw new InvalidDataException($"{sweep.Path} is not finished: {left.Length} of its {runs.Count} runs are left ({string.Join(", ", left)}); finish it by: rils run --resume {sweep.Path}");
        return [.. runs.Select(run => new JoinedRun(sweep.Finished(run)!, sweep.Path, run.Point, [.. run.Values.Keys]))];
    }

    /// <summary>The keys in which two runs may differ: those that their sweep gives values.</summary>
    public IReadOnlyList<string> SweptWith(JoinedRun other) => Sweep is not null && Sweep == other.Sweep ? Swept : [];
}
