using BenchmarkDotNet.Attributes;
using Rils.Scheduling;

namespace Rils.Benchmarks;

/// <summary>The time of the scheduler itself: frames and lanes, with systems that do almost nothing. The goal is 50 µs
/// for a tick with six arms.</summary>
[MemoryDiagnoser]
public class ScheduleTick
{
    const int Ticks = 5_000, Arms = 6;

    Runner runner = null!;

    [GlobalSetup]
    public void Setup()
    {
        runner = new Runner(TickWorld.Plan(Arms), 0, long.MaxValue);
        runner.Setup();
    }

    [GlobalCleanup]
    public void Cleanup() => runner.Dispose();

    [Benchmark(OperationsPerInvoke = Ticks)]
    public void PerTick() => runner.Advance(runner.Step + Ticks);

    [Benchmark(OperationsPerInvoke = Ticks * Arms * TickWorld.SystemsPerArm)]
    public void PerSystem() => runner.Advance(runner.Step + Ticks);
}
