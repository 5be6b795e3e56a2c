using Rils.Cli.Rendering;
using Rils.Engine.Composition;
using Rils.Engine.Sweeps;

namespace Rils.Cli.Hosting;

/// <summary>Loads the experiment of a command that works on one experiment.</summary>
sealed class SingleExperiment(ExperimentLoader experiments, SweepLoader sweeps, Terminal terminal)
{
    /// <summary>Loads an experiment. From a file with <c>[sweep]</c>, loads the sweep's first run and prints a
    /// note.</summary>
    /// <param name="file">The path of the experiment's file.</param>
    /// <param name="sets">The overrides of <c>--set</c>.</param>
    public Experiment Load(string file, IReadOnlyList<string> sets) => Load(file, sets, out _);

    /// <inheritdoc cref="Load(string, IReadOnlyList{string})"/>
    /// <param name="file">The path of the experiment's file.</param>
    /// <param name="sets">The overrides of <c>--set</c>.</param>
    /// <param name="sweep">The sweep whose first run is the experiment; null for a file without a sweep.</param>
    public Experiment Load(string file, IReadOnlyList<string> sets, out Sweep? sweep)
    {
        sweep = sweeps.Load(file, sets);
        if (sweep is null) return experiments.Load(file, sets);
        terminal.Error.WriteLine(SweepLines.First(sweep));
        return experiments.Load(sweep.Runs[0].Tree);
    }
}
