using Rils.Cli.Exits;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Runs;

namespace Rils.Cli.Commands;

/// <summary>Compares runs with the experiment, data, plugins and machine with which they were begun: a run that is
/// resumed, or all runs in the folder of a sweep.</summary>
/// <param name="option">The option that names the folder: <c>--resume</c>, <c>--out</c>.</param>
/// <param name="plugins">The plugins that the runs would go on with.</param>
/// <param name="device">The device of the arms that name none.</param>
/// <param name="accepted">The names of <c>--accept</c>.</param>
sealed class Resumption(string option, PluginSet plugins, string device, IReadOnlyList<string> accepted)
{
    readonly List<(string Folder, ResumeCheck Check)> begun = [];

    /// <summary>Compares an experiment with the run that was begun in its folder, where there is such a run.</summary>
    /// <exception cref="UsageException">A file of the folder is damaged.</exception>
    public void Add(string folder, Experiment experiment)
    {
        if (RunFolder.IsBegunIn(folder))
            begun.Add((folder,
                OneRun.Usable(option, () => ResumeCheck.Of(folder, experiment, plugins, device))));
    }

    /// <summary>Compares the experiment of a sweep's run, also of a finished run, with the run in its folder: the runs
    /// that are trained now must be comparable with the finished ones.</summary>
    /// <returns>Whether a seed of the run is left to train.</returns>
    /// <exception cref="UsageException">A file of the folder is damaged.</exception>
    public bool AddOfSweep(string folder, Experiment experiment)
    {
        Add(folder, experiment);
        return OneRun.Usable(option, () => FinishedRun.TryRead(folder, out _)) is not { } finished
            || !experiment.Settings.Seeds.All(finished.Seeds.Contains);
    }

    /// <summary>The names of <c>--accept</c> that the run of a folder needs; all names where no run was begun there,
    /// since the other runs of its sweep differ from that run.</summary>
    public IReadOnlyList<string> AcceptedFor(string folder) =>
        begun.FirstOrDefault(run => run.Folder == folder) is { Check: { } check } ? check.Needed(accepted) : accepted;

    /// <summary>The differences with which the runs go on, in words for the user.</summary>
    public IEnumerable<string> Warnings =>
        begun.SelectMany(run =>
        run.Check.Cautions.Select(caution => $"{caution}: the run goes on, but not to the bits of an uninterrupted one")
        .Concat(run.Check.Obstacles.Select(difference =>
        $"{difference}: accepted, and noted in {RunFolder.ManifestFile}"))).Distinct();

    /// <summary>Refuses all differences that the user does not accept, and names of <c>--accept</c> that no difference
    /// has.</summary>
    /// <param name="folder">The folder of the run or the sweep.</param>
    /// <exception cref="UsageException">A difference or a name is refused.</exception>
    public void Check(string folder)
    {
        Difference[] all = [.. begun.SelectMany(run => run.Check.Obstacles).DistinctBy(difference => $"{difference}")];
        string[] names = [.. all.Select(difference => difference.Name).OfType<string>().Distinct()];
        if (accepted.Except(names).FirstOrDefault() is { } needless)
            throw new UsageException($"--accept {needless}: " + (names.Length == 0
                ? "nothing differs that could be accepted: leave --accept out"
                : $"no difference has this name; the differences are: {string.Join(", ", names)}"));
        Difference[] refused =
            [.. begun.SelectMany(run => run.Check.Refused(accepted)).DistinctBy(difference => $"{difference}")];
        if (refused.Length > 0)
            throw new UsageException($"{option}: {folder} was begun with something else; run it as it was begun, "
                + $"or begin anew with --out\n  {string.Join("\n  ", ResumeCheck.Lines(refused))}");
    }
}
