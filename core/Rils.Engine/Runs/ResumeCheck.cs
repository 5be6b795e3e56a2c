using Rils.Engine.Experiments;
using Rils.Engine.Files;
using Rils.Engine.Loading;
using Rils.Engine.Plugins;

namespace Rils.Engine.Runs;

/// <summary>Compares what a run was begun with to what would go on with it.</summary>
public static class ResumeCheck
{
    const int Shown = 20;

    /// <summary>What forbids to go on: another experiment, other plugins, other weights to begin with, another device, precision or version. A line each. More seeds are none: those that are
    /// there stay as they are.</summary>
    public static IReadOnlyList<string> Obstacles(RunFolder folder, Experiment experiment, PluginSet plugins, string device)
    {
        var file = Path.Combine(folder.Path, RunFolder.ExperimentFile);
        var problems = new Problems();
        var tree = ExperimentReader.Read(file, [], ExperimentBinder.Keys, problems);
        var manifest = Manifest(folder);
        if (tree is null || problems.Count > 0) return [$"{file} is damaged: {problems.FirstOrDefault()}"];
        if (manifest is null) return [$"{Path.Combine(folder.Path, RunFolder.ManifestFile)} is damaged: put it back from a copy, or begin anew with --out"];
        var now = RunManifest.Of(experiment, plugins, device);
        var hasMoreSeeds = FinishedRun.SeedsOf(tree).All(experiment.Settings.Seeds.Contains);
        return [.. Compare("", Values(tree, hasMoreSeeds), Values(experiment.Tree, hasMoreSeeds)).Concat(Compare("plugin ", Hashes(manifest), Hashes(now)))
            .Concat(Compare("", Computing(manifest), Computing(now))).Concat(Compare("weights ", Taken(manifest, manifest), Taken(now, manifest))).Take(Shown)];
    }

    /// <summary>What lets the run go on, but with other bits than an uninterrupted one would have had: another machine or number of threads.</summary>
    public static IReadOnlyList<string> Cautions(RunFolder folder, Experiment experiment, PluginSet plugins, string device) =>
        Manifest(folder) is { } then
            ? [.. Compare("", Machine(then), Machine(RunManifest.Of(experiment, plugins, device)))]
            : [];

    /// <summary>Null where it is damaged or missing.</summary>
    static RunManifest? Manifest(RunFolder folder) =>
        RunJson.TryRead<RunManifest>(folder.ReadText(RunFolder.ManifestFile) ?? "") is { } manifest && manifest.Plugins.All(plugin => plugin is not null)
            && manifest.Plugins.DistinctBy(plugin => plugin.Name).Count() == manifest.Plugins.Count ? manifest : null;

    static Dictionary<string, string> Hashes(RunManifest manifest) =>
        manifest.Plugins.ToDictionary(plugin => plugin.Name, plugin => $"{plugin.Version} with SHA-256 {plugin.Sha256}");

    /// <summary>The files of weights that a run was begun with: more seeds may take more.</summary>
    static Dictionary<string, string> Taken(RunManifest of, RunManifest begun) =>
        (of.Taken ?? new Dictionary<string, string>()).Where(file => begun.Taken?.ContainsKey(file.Key) ?? false).ToDictionary(file => file.Key, file => $"with SHA-256 {file.Value}");

    static Dictionary<string, string> Computing(RunManifest manifest) => new()
    {
        ["rils"] = manifest.Rils, ["device"] = manifest.Device, ["precision"] = manifest.Precision,
    };

    static Dictionary<string, string> Machine(RunManifest manifest) => new(manifest.Libraries)
    {
        ["processor"] = manifest.Machine.GetValueOrDefault("processor", "absent"), ["threads"] = manifest.Machine.GetValueOrDefault("threads", "absent"),
    };

    static Dictionary<string, string> Values(ExperimentTree tree, bool withoutSeeds)
    {
        Dictionary<string, string> values = [];
        var root = tree.Root.Copy();
        if (withoutSeeds) root.Remove("seeds");
        FlatValues.Add("", root, values);
        foreach (var arm in tree.Arms) FlatValues.Add($"arm.{arm.Name}.", arm.Tables, values);
        return values;
    }

    static IEnumerable<string> Compare(string what, Dictionary<string, string> then, Dictionary<string, string> now) =>
        from key in then.Keys.Concat(now.Keys).Distinct().Order(StringComparer.Ordinal)
        let values = (Then: then.GetValueOrDefault(key, "absent"), Now: now.GetValueOrDefault(key, "absent"))
        where values.Then != values.Now
        select $"{what}{key} was {values.Then} and is {values.Now}";
}
