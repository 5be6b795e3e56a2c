using Microsoft.Extensions.Logging.Abstractions;
using Rils.Engine.Bench;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using TorchSharp;

namespace Rils.Benchmarks;

/// <summary>The cost of a sample to the whole host lane, which reads the sample from its shard, decodes the image,
/// encodes the caption and fills a batch.</summary>
static class LoadingAlone
{
    const int Rounds = 4;

    /// <param name="arguments">Settings that replace those of <c>experiments/bench/vit-192-64.toml</c>.</param>
    public static int Run(string[] arguments)
    {
        var folders = Directory.GetDirectories(PluginLocations.Default).Order(StringComparer.Ordinal);
        var plugins = PluginLoader.Load([.. folders]);
        var loader = new ExperimentLoader(plugins.Registry, NullLogger<ExperimentLoader>.Instance);
        using var experiment = loader.Load(Repository.Experiments("bench", "vit-192-64.toml"), [.. arguments]);
        using var run = new BenchRun(experiment, 0, "cpu", torch.ScalarType.Float32, steps: 1);
        run.Setup();
        Console.WriteLine($"{Environment.ProcessorCount} threads, the first round with all that is compiled meanwhile");
        for (var round = 0; round < Rounds; round++)
        {
            var before = ResourceUse.Now();
            var rate = LoaderRate.Measure(experiment, 0, "cpu", run.Plan, CancellationToken.None)!;
            var used = ResourceUse.Now() - before;
            var samples = (double)rate.Batches * experiment.Context.BatchSize;
            var microseconds = 1e6 * used.Seconds / samples;
            Console.WriteLine($"{microseconds:0} us and {used.Sleeps / samples:0.0000} sleeps a sample");
        }
        return 0;
    }
}
