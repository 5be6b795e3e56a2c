using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Training;
using Rils.Files;
using Rils.Runs;

namespace Rils.Engine.Execution;

/// <summary>Describes the means by which this process runs an experiment: machine, libraries, plugins, data.</summary>
public static class CurrentMeans
{
    /// <summary>Describes an experiment, this machine and this process.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="plugins">All loaded plugins; the manifest names those that the experiment uses, and
    /// those that these require.</param>
    /// <param name="device">The device of the arms that name none: <c>cpu</c>, <c>cuda:0</c>.</param>
    /// <returns>The manifest, with the present time as the time of the start.</returns>
    public static RunManifest Of(Experiment experiment, PluginSet plugins, string device)
    {
        var (used, devices) = (experiment.UsedPlugins(device), experiment.DevicesOn(device));
        return new()
        {
            Started = DateTimeOffset.UtcNow,
            Rils = RunMachine.VersionOf(typeof(CurrentMeans)),
            Device = devices,
            Precision = experiment.Settings.PrecisionOn(devices).ToString().ToLowerInvariant(),
            Machine = RunMachine.Machine(devices),
            Libraries = RunMachine.Libraries(),
            Engine = EngineFiles.Hashes,
            Plugins = plugins.WithRequired(used),
            Data = experiment.Sources()
                .ToDictionary(source => source.Pattern, source => DataIdentity.Of(source.Source)),
            Files = experiment.NamedFiles().ToDictionary(file => file, FileHash.OfFileOrFolder),
            Taken = experiment.TakenFiles().ToDictionary(file => file, FileHash.Of),
            Experiment = ExperimentValues.Of(experiment.Resolved),
            Primary = PrimaryMetric.Of(experiment.Tree),
            Swept = experiment.Swept,
        };
    }
}
