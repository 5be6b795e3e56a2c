using static TorchSharp.torch;

namespace Rils.TestKit.Memory;

/// <summary>Counts the tensors of the process that nobody has disposed.</summary>
public static class LiveTensors
{
    /// <summary>The number of live tensors after the finalizers of all garbage, so that no tensor that an earlier test
    /// left behind goes while a test counts. A finalizer may let go of further garbage, so the method collects until a
    /// collection frees no tensor.</summary>
    public static long Settled()
    {
        for (var before = -1L; before != Tensor.TotalCount;)
        {
            before = Tensor.TotalCount;
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        return Tensor.TotalCount;
    }
}
