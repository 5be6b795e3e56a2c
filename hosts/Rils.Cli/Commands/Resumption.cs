using Rils.Cli.Exits;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Runs;

namespace Rils.Cli.Commands;

/// <summary>Holds runs to what they were begun with: one that is resumed, or all that the folder of a sweep
/// has.</summary>
/// <param name="option">Which names the folder: <c>--resume</c>, <c>--out</c>.</param>
/// <param name="plugins">The plugins that the runs would go on with.</param>
/// <param name="device">The device of all arms.</param>
/// <param name="accepted">What <c>--accept</c> names.</param>
sealed class Resumption(string option, PluginSet plugins, string device, IReadOnlyList<string> accepted)
{
    readonly List<(string Folder, ResumeCheck Check)> begun = [];

    /// <summary>Compares an experiment with what its folder was begun with, if it was.</summary>
    /// <exception cref="UsageException">A file of the folder is damaged.</exception>
    public void Add(string folder, Experiment experiment)
    {
        if (RunFolder.IsBegunIn(folder))
            begun.Add((folder,
                OneRun.Usable(option, () => ResumeCheck.Of(folder, experiment, plugins, device))));
    }

    /// <summary>The same for a run of a sweep, also a finished one: those that are trained now are to stand beside
    /// it.</summary>
    /// <returns>Whether something of it is left to train.</returns>
    /// <exception cref="UsageException">A file of the folder is damaged.</exception>
    public bool AddOfSweep(string folder, Experiment experiment)
    {
        Add(folder, experiment);
        return OneRun.Usable(option, () => FinishedRun.TryRead(folder, out _)) is not { } finished
            || !experiment.Settings.Seeds.All(finished.Seeds.Contains);
    }

    /// <summary>The names of <c>--accept</c> that are for the run of a folder; all names where none was begun there,
    /// since the others of its sweep differ from it.</summary>
    public IReadOnlyList<string> AcceptedFor(string folder) =>
        begun.FirstOrDefault(run => run.Folder == folder) is { Check: { } check } ? check.Needed(accepted) : accepted;

    /// <summary>Cautions about runs that go on all the same.</summary>
    public IEnumerable<string> Warnings =>
        begun.SelectMany(run =>
        run.Check.Cautions.Select(caution => $"{caution}: the run goes on, but not to the bits of an uninterrupted one")
        .Concat(run.Check.Obstacles.Select(difference =>
        $"{difference}: accepted, and noted in {RunFolder.ManifestFile}"))).Distinct();

    /// <summary>Refuses what differs and is not accepted, all of it, and names that nothing is accepted by.</summary>
    /// <param name="folder">The run's or the sweep's.</param>
    /// <exception cref="UsageException">Something is refused.</exception>
    public void Check(string folder)
    {
        Difference[] all = [.. begun.SelectMany(run => run.Check.Obstacles).DistinctBy(difference => $"{difference}")];
        string[] names = [.. all.Select(difference => difference.Name).OfType<string>().Distinct()];
        if (accepted.Except(names).FirstOrDefault() is { } needless)
            throw new UsageException($"--accept {needless}: {(names.Length == 0 ? "nothing that could be accepted differs from what was begun: leave it out" : $"nothing that differs is called so; what differs: {string.Join(", ", names)}")}");
        Difference[] refused =
            [.. begun.SelectMany(run => run.Check.Refused(accepted)).DistinctBy(difference => $"{difference}")];
        if (refused.Length > 0)
            throw new UsageException($"{option}: {folder} was begun with something else; run it as it was begun, or begin anew with --out\n  {string.Join("\n  ", ResumeCheck.Lines(refused))}");
    }
}
