using Rils.Runs;

namespace Rils.Analysis.Report.Sources;

/// <summary>A run of a report.</summary>
/// <param name="Name">The name by which the page calls the run: that of its folder, behind the sweep's in a
/// sweep.</param>
/// <param name="Run">The run, with the names that its arms have in its own folder.</param>
/// <param name="Arms">The names that the page has for the arms that it takes from the run, by their own names.</param>
/// <param name="Experiment">The text of the resolved experiment in the run's folder.</param>
sealed record SourceRun(string Name, FinishedRun Run, IReadOnlyDictionary<string, string> Arms, string Experiment)
{
    /// <summary>Reads the experiment of a run.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static SourceRun Of(string name, FinishedRun run, IReadOnlyDictionary<string, string> arms) =>
        new(name, run, arms, File.ReadAllText(Path.Combine(run.Folder, RunFolder.ExperimentFile)));

    /// <summary>The page's name for an arm of the run.</summary>
    public string NameOf(string arm) => Arms.GetValueOrDefault(arm, arm);
}
