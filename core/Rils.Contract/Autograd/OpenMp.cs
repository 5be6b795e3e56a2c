using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Sets how many OpenMP threads libtorch uses for an operation of the calling thread.</summary>
/// <remarks><c>torch.set_num_threads</c> would set it for all threads, and drop the kernels that oneDNN has
/// compiled.</remarks>
static partial class OpenMp
{
    /// <summary>Whether this libtorch lets each thread have its own number of OpenMP threads, as libtorch for Linux
    /// does.</summary>
    public static bool CanSet { get; } = IsThere();

    /// <summary>The number of the machine's threads: <c>OMP_NUM_THREADS</c>, else the number of cores that the process
    /// may use.</summary>
    public static int MachineThreads { get; } = OnFreshThread();

    /// <summary>Sets the number of threads for every later operation of the calling thread, however many the machine
    /// has. libtorch cuts a long sum into as many pieces, so the number of threads decides the sum's last
    /// bits.</summary>
    public static void Take(int threads)
    {
        if (!CanSet) return;
        // libtorch sets a thread's number when the thread first asks for it, and would overwrite ours later.
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
            SetThreads(get_num_threads()); // no change
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
