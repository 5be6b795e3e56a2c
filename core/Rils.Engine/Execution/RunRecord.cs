using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Files;
using Rils.Runs;

namespace Rils.Engine.Execution;

/// <summary>Keeps <c>experiment.toml</c> and <c>manifest.json</c> of a run folder true: the experiment that was
/// trained, the means by which it was trained, and the steps from which on the means were others.</summary>
sealed class RunRecord
{
    readonly RunFolder folder;
    readonly string experiment;
    readonly RunManifest now;
    readonly IReadOnlyList<string> accepted;
    RunManifest? then;

    RunRecord(RunFolder folder, string experiment, RunManifest now, IReadOnlyList<string> accepted) =>
        (this.folder, this.experiment, this.now, this.accepted) = (folder, experiment, now, accepted);

    /// <summary>Writes both files of a new run. The files of a resumed run stay as they are until a phase is
    /// trained.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="experiment">The experiment.</param>
    /// <param name="now">The means of this process.</param>
    /// <param name="accepted">The names of the differences that <c>--accept</c> allows.</param>
    /// <exception cref="InvalidDataException">The manifest of a resumed run is damaged.</exception>
    public static RunRecord Open(RunFolder folder, Experiment experiment, RunManifest now,
        IReadOnlyList<string> accepted)
    {
        var record = new RunRecord(folder, ResolvedExperiment.Write(experiment.Resolved), now, accepted);
        if (folder.IsBegun) record.then = RunManifest.Read(folder.Path);
        else record.Write(now with { Accepted = [.. accepted] });
        return record;
    }

    /// <summary>Called before each phase that this session trains. The first call of a resumed run writes both files,
    /// with the differences from the earlier means.</summary>
    /// <param name="phase">The seed and phase to train.</param>
    /// <param name="step">The number of optimizer steps already done of the phase.</param>
    public void Training(SeedPhase phase, long step)
    {
        if (then is not { } begun) return;
        then = null;
        Stretch stretch = new(phase.Seed, phase.Phase, step, [.. begun.Obstacles(now), .. begun.Cautions(now)]);
        Write(now with { Started = begun.Started, Primary = begun.Primary, Swept = begun.Swept,
            Accepted = [.. begun.Accepted.Union(accepted)], Stretches = Stretch.Add(begun.Stretches, stretch) });
    }

    void Write(RunManifest manifest)
    {
        if (folder.ReadText(RunFolder.ExperimentFile) != experiment)
            folder.WriteText(RunFolder.ExperimentFile, experiment);
        if (folder.ReadText(RunFolder.ManifestFile) is not { } written || written != SealedJson.Write(manifest))
            manifest.Write(folder.Path);
    }
}
