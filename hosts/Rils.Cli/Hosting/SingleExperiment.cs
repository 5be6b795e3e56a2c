using Rils.Cli.Rendering;
using Rils.Engine.Composition;
using Rils.Engine.Sweeps;

namespace Rils.Cli.Hosting;

/// <summary>The experiment of a command that works on one.</summary>
sealed class SingleExperiment(ExperimentLoader experiments, SweepLoader sweeps, Terminal terminal)
{
    /// <summary>Loads a file; of a file with <c>[sweep]</c> the first of its runs, and says so.</summary>
    /// <param name="file">The experiment.</param>
    /// <param name="sets">What <c>--set</c> says.</param>
    public Experiment Load(string file, IReadOnlyList<string> sets) => Load(file, sets, out _);

    /// <inheritdoc cref="Load(string, IReadOnlyList{string})"/>
    /// <param name="file">The experiment.</param>
    /// <param name="sets">What <c>--set</c> says.</param>
    /// <param name="sweep">The sweep that the experiment is the first run of; null for one by itself.</param>
    public Experiment Load(string file, IReadOnlyList<string> sets, out Sweep? sweep)
    {
        sweep = sweeps.Load(file, sets);
        if (sweep is null) return experiments.Load(file, sets);
        terminal.Error.WriteLine(SweepLines.First(sweep));
        return experiments.Load(sweep.Runs[0].Tree);
    }
}
