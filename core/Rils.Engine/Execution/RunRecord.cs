using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Files;
using Rils.Runs;

namespace Rils.Engine.Execution;

/// <summary>Keeps <c>experiment.toml</c> and <c>manifest.json</c> true: what was trained, by what, and from which step
/// on by something else.</summary>
sealed class RunRecord
{
    readonly RunFolder folder;
    readonly string experiment;
    readonly RunManifest now;
    readonly IReadOnlyList<string> accepted;
    RunManifest? then;

    RunRecord(RunFolder folder, string experiment, RunManifest now, IReadOnlyList<string> accepted) =>
        (this.folder, this.experiment, this.now, this.accepted) = (folder, experiment, now, accepted);

    /// <summary>Writes both files of a new run. Those of one that goes on stay until something is trained.</summary>
    /// <param name="folder">The run's.</param>
    /// <param name="experiment">What is run.</param>
    /// <param name="now">By what.</param>
    /// <param name="accepted">What <c>--accept</c> lets differ.</param>
    /// <exception cref="InvalidDataException">The manifest of a run that goes on is damaged.</exception>
    public static RunRecord Open(RunFolder folder, Experiment experiment, RunManifest now,
        IReadOnlyList<string> accepted)
    {
        var record = new RunRecord(folder, ResolvedExperiment.Write(experiment.Resolved), now, accepted);
        if (folder.IsBegun) record.then = RunManifest.Read(folder.Path);
        else record.Write(now with { Accepted = [.. accepted] });
        return record;
    }

    /// <summary>A part of the run is about to be trained, and is the first one in this session, or follows
    /// it.</summary>
    /// <param name="part">The part.</param>
    /// <param name="step">Where it begins, or goes on.</param>
    public void Training(RunPart part, long step)
    {
        if (then is not { } begun) return;
        then = null;
        Stretch stretch = new(part.Seed, part.Phase, step, [.. begun.Obstacles(now), .. begun.Cautions(now)]);
        Write(now with { Started = begun.Started, Accepted = [.. begun.Accepted.Union(accepted)],
            Stretches = Stretch.Add(begun.Stretches, stretch) });
    }

    void Write(RunManifest manifest)
    {
        if (folder.ReadText(RunFolder.ExperimentFile) != experiment)
            folder.WriteText(RunFolder.ExperimentFile, experiment);
        if (folder.ReadText(RunFolder.ManifestFile) is not { } written || written != SealedJson.Write(manifest))
            manifest.Write(folder.Path);
    }
}
