using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>How many OpenMP threads libtorch takes for an operation, which each calling thread says for
/// itself.</summary>
/// <remarks><c>torch.set_num_threads</c> would speak for all threads, and forget what oneDNN has compiled.</remarks>
static partial class OpenMp
{
    /// <summary>Whether this libtorch lets each thread have a number of its own, as that of Linux does.</summary>
    public static bool CanSet { get; } = IsThere();

    /// <summary>The machine's threads: <c>OMP_NUM_THREADS</c>, else the cores that the process may use.</summary>
    public static int MachineThreads { get; } = OnFreshThread();

    /// <summary>Operations that the calling thread starts from now on take so many threads, whatever the machine has:
    /// sums over many numbers are cut by their number, so it decides bits.</summary>
    public static void Take(int threads)
    {
        if (!CanSet) return;
        // libtorch sets a thread's number when the thread first asks, and would take ours back later
        _ = get_num_threads();
        SetThreads(threads);
    }

    static int OnFreshThread()
    {
        var count = 1;
        var thread = new Thread(() => count = get_num_threads());
        thread.Start();
        thread.Join();
        return count;
    }

    static bool IsThere()
    {
        try
        {
            SetThreads(get_num_threads()); // the number that it is
            return true;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("torch_cpu", EntryPoint = "omp_set_num_threads")]
    private static partial void SetThreads(int count);
}
