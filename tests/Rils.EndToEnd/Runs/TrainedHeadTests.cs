using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Tests.Golden;

namespace Rils.Tests.Engine.Runs;

/// <summary>Heads that learn from labelled training data, in real runs.</summary>
public sealed class TrainedHeadTests : IDisposable
{
    static readonly string data = Path.Combine(Repository.Root, "experiments", "data", "clipart-mini");

    static readonly string Probes = $"""
        [[head]]
        kind  = "knn"
        train = "{data}/train-000.tar"
        data  = "{data}/val-*.tar"

        [[head]]
        kind  = "linear"
        train = "{data}/train-000.tar"
        data  = "{data}/val-*.tar"
        l2    = [1e-2, 1e-4]
        """;

    readonly TinyExperiment tiny = new();

    [Fact]
    public void Arms_get_the_same_bytes_in_any_order_and_alone()
    {
        var together = Heads(tiny.Run(tiny.Write(TinyExperiment.Mae, TinyExperiment.Clip, Probes)));
        var backward = Heads(tiny.Run(tiny.Write(TinyExperiment.Clip, TinyExperiment.Mae, Probes)));
        var alone = Heads(tiny.Run(tiny.Write(TinyExperiment.Mae, Probes)));
        foreach (var arm in (string[])["mae", "clip"]) Assert.Equal(together[arm], backward[arm]);
        Assert.Equal(together["mae"], alone["mae"]);
        // Arm mae has neither text nor a shared space.
        var before = JsonNode.Parse(together["mae"])!.AsArray()[0]!["metrics"]!;
        Assert.Equal(272, before["samples"]!["value"]!.GetValue<double>());
        Assert.Equal(435, before["training_samples"]!["value"]!.GetValue<double>());
        Assert.InRange(before["top1"]!["value"]!.GetValue<double>(), 0.1, 0.8);
    }

    [Fact]
    public void Training_data_streams_once_past_all_arms_before_any_validation_data()
    {
        var plugin = new RecorderPlugin();
        var heads = $"""
            [[head]]
            kind  = "recorder"
            name  = "one"
            train = "{data}/train-001.tar"
            data  = "{data}/val-*.tar"

            [[head]]
            kind  = "recorder"
            name  = "two"
            train = "{data}/train-001.tar"
            data  = "{data}/train-002.tar"
            """;
        using var experiment = Load(tiny.Write(TinyExperiment.Clip,
            TinyExperiment.Clip.Replace("\"clip\"", "\"twin\""), heads), plugin, out var plugins);
        using var folder = RunFolder.Create(tiny["run"]);
        Assert.All(TestRun.Of(experiment, plugins, folder), outcome => Assert.Null(outcome.Failure));

        var calls = plugin.Calls;
        Assert.All(calls.GroupBy(call => (call.Arm, call.Head)), head =>
        {
            // A head gets training data and then validation data, before the first step and again after the last.
            Assert.Equal(["train", "data", "train", "data"], Runs(head.Select(call => call.What)));
            Assert.All(head.Where(call => call.What == "train"), call => Assert.StartsWith("train-001/", call.Keys[0]));
            Assert.All(head.Where(call => call.What == "data"),
                call => Assert.StartsWith(call.Head == "one" ? "val-000/" : "train-002/", call.Keys[0]));
            string[] keys = [.. head.SelectMany(call => call.Keys)];
            Assert.Equal(keys.Length, 2 * keys.Distinct().Count());
        });
        // Both heads of both arms see a batch before any of them sees the next, so that it is decoded once.
        Assert.All(calls.Where(call => call.What == "train").Chunk(4), batch =>
        {
            Assert.Equal([("clip", "one"), ("clip", "two"), ("twin", "one"), ("twin", "two")],
                batch.Select(call => (call.Arm, call.Head)));
            Assert.All(batch, call => Assert.Equal(batch[0].Keys, call.Keys));
        });
    }

    [Fact]
    public void Training_data_that_is_not_there_is_told_at_its_key()
    {
        var file = tiny.Write(TinyExperiment.Clip, Probes.Replace("train-000.tar", "nothing-*.tar"));
        var line = File.ReadAllLines(file).Index().First(line => line.Item.Contains("nothing-*.tar")).Index + 1;
        var message = Assert.Throws<ExperimentException>(() => tiny.Run(file)).Message;
        Assert.Contains($"{file}:{line}:9: `train` in [[head]]: no shard matches `{data}/nothing-*.tar`", message);
    }

    [Fact]
    public void A_head_without_the_key_says_so()
    {
        var file = tiny.Write(TinyExperiment.Clip, TinyExperiment.Retrieval.Replace("\"retrieval\"", "\"knn\""));
        Assert.Contains("missing key `train` in [[head]]",
            Assert.Throws<ExperimentException>(() => tiny.Run(file)).Message);
    }

    public void Dispose() => tiny.Dispose();

    /// <summary>The results of the heads of each arm, as the JSON in outcome.json.</summary>
    static Dictionary<string, string> Heads(string run) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(run, "seed-0/outcome.json")))!["arms"]!.AsArray()
            .ToDictionary(arm => arm!["arm"]!.GetValue<string>(), arm => arm!["heads"]!.ToJsonString());

    static List<string> Runs(IEnumerable<string> names) => names.Aggregate(new List<string>(), (runs, name) =>
    {
        if (runs.Count == 0 || runs[^1] != name) runs.Add(name);
        return runs;
    });

    static Experiment Load(string file, IPlugin plugin, out PluginSet plugins)
    {
        var registry = PluginRegistry.Of(
            ("Vit", new Models.VitPlugin()), ("Text", new Models.TextTransformerPlugin()),
            ("Space", new Models.LinearSpacePlugin()),
            ("Contrastive", new Contrastive.ContrastivePlugin()),
            ("AdamW", new AdamW.AdamWPlugin()), ("Schedules", new Schedules.SchedulesPlugin()),
            ("WebDataset", new WebDataset.WebDatasetPlugin()),
            ("Bpe", new Bpe.BpePlugin()), ("Imaging", new Imaging.ImagingPlugin()), ("recorder", plugin));
        plugins = new PluginSet([], registry);
        return new ExperimentLoader(registry, NullLogger<ExperimentLoader>.Instance)
            .Load(file, ["data.batch=200", "steps=3"]);
    }
}
