using System.Runtime;

namespace Rils.Testing.Arms;

/// <summary>Keeps the garbage collector from running meanwhile, so that a tensor which nobody disposes stays in the
/// count. Where the work allocates more than a few steps of a tiny arm do, the collector runs all the same.</summary>
sealed class WithoutCollector : IDisposable
{
    const long Budget = 64 << 20;

    public WithoutCollector()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        if (GCSettings.LatencyMode != GCLatencyMode.NoGCRegion) GC.TryStartNoGCRegion(Budget);
        GC.WaitForPendingFinalizers();
    }

    public void Dispose()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion) GC.EndNoGCRegion();
    }
}
