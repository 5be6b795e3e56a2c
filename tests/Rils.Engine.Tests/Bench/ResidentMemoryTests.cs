using Rils.Engine.Bench;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Bench;

public sealed class ResidentMemoryTests
{
    const long Bytes = 1L << 30;

    [SkippableFact]
    public void The_peak_sees_what_came_and_went_since_it_was_forgotten_and_nothing_before()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "only Linux tells");
        Settle();
        Skip.IfNot(ResidentMemory.ForgetPeak(), "the kernel lets nobody reset the peak here");
        var before = ResidentMemory.Now!.Value;
        Assert.InRange(ResidentMemory.Peak!.Value - before, -Bytes / 4, Bytes / 4);
        Touch();
        Assert.InRange(ResidentMemory.Peak!.Value - before, Bytes * 3 / 4, Bytes * 5 / 4);
        Assert.InRange(ResidentMemory.Now!.Value - before, -Bytes / 4, Bytes / 4);
    }

    /// <summary>Makes the collector give back the memory of earlier tests now, so that its timer does not do so while
    /// this test measures.</summary>
    static void Settle()
    {
        Touch();
        for (var round = 0; round < 2; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }

    static void Touch()
    {
        using var _ = ones(Bytes / sizeof(float));
    }
}
