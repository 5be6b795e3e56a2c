using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Rils.Benchmarks;

/// <summary>Benchmarks run in this process: one built for each would bring libtorch and every plugin along, which takes
/// BenchmarkDotNet longer than it waits for a build.</summary>
static class InProcess
{
    public static IConfig Config { get; } = ManualConfig.Create(DefaultConfig.Instance)
        .AddJob(Job.Default.WithWarmupCount(3).WithIterationCount(8)
            .WithIterationTime(TimeInterval.FromMilliseconds(200))
            .WithToolchain(InProcessEmitToolchain.Instance))
        .WithArtifactsPath(Path.Combine(Repository.Root, "artifacts", "benchmarks"));
}
