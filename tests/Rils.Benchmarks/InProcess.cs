using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Rils.Benchmarks;

/// <summary>Runs benchmarks in this process. A program built for each benchmark would copy libtorch and every plugin,
/// which takes longer than BenchmarkDotNet waits for a build.</summary>
static class InProcess
{
    public static IConfig Config { get; } = ManualConfig.Create(DefaultConfig.Instance)
        .AddJob(Job.Default.WithWarmupCount(3).WithIterationCount(8)
            .WithIterationTime(TimeInterval.FromMilliseconds(200))
            .WithToolchain(InProcessEmitToolchain.Instance))
        .WithArtifactsPath(Path.Combine(Repository.Root, "artifacts", "benchmarks"));
}
