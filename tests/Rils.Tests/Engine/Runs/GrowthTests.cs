using System.Diagnostics;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Runs;

/// <summary>Native memory is invisible to the garbage collector, so a forgotten tensor grows the process until it dies.</summary>
public sealed class GrowthTests : IDisposable
{
    const long Early = 50, Late = 250;

    /// <summary>What the runtime still compiles and commits after step 50 (15 MiB seen, next to none after step 250); the exact measure is the tensors.</summary>
    const long Slack = 24 << 20;

    readonly TinyExperiment tiny = new();

    [Theory]
    [InlineData]
    [InlineData("data.chunk=5", "backbone.recompute=true")]
    public void Tensors_and_memory_are_the_same_after_step_50_and_step_250(params string[] sets)
    {
        Resident(); // what earlier tests left to the garbage collector is none of this one's
        Dictionary<long, (long Tensors, long Bytes)> seen = [];
        var observer = new SilentObserver(step =>
        {
            if (step is Early or Late) seen[step] = (SettledTensors(), Resident());
        });
        tiny.Run(tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip), null, observer, ["steps=260", .. sets]);
        Assert.Equal(seen[Early].Tensors, seen[Late].Tensors);
        Assert.True(seen[Late].Bytes <= seen[Early].Bytes + Slack, $"resident memory grew from {seen[Early].Bytes >> 20} to {seen[Late].Bytes >> 20} MiB");
    }

    public void Dispose() => tiny.Dispose();

    /// <summary>Live tensors once the host lane has filled its two frames and waits.</summary>
    static long SettledTensors()
    {
        long count = -1;
        var since = Stopwatch.StartNew();
        SpinWait.SpinUntil(() =>
        {
            if (Tensor.TotalCount != count) (count, since) = (Tensor.TotalCount, Stopwatch.StartNew());
            return since.ElapsedMilliseconds > 300;
        }, TimeSpan.FromSeconds(30));
        return count;
    }

    static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Process.GetCurrentProcess().WorkingSet64;
    }
}
