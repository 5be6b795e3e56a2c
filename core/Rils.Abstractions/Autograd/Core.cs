using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>A thread that does one thing after the other.</summary>
sealed partial class Core
{
    [ThreadStatic] static bool isCurrent;

    readonly BlockingCollection<(int Threads, Action Work)> queue = [];
    int threads;

    public Core(int number) => new Thread(Work) { IsBackground = true, Name = $"rils core {number}" }.Start();

    /// <summary>Whether the calling thread is one of these.</summary>
    public static bool IsCurrent => isCurrent;

    /// <summary>Whether this libtorch lets a thread have a number of its own, as that of Linux does.</summary>
    public static bool CanBe { get; } = SetsThreads();

    /// <param name="threads">How many the work may take for an operation.</param>
    /// <param name="work">Throws nothing.</param>
    public void Add(int threads, Action work) => queue.Add((threads, work));

    void Work()
    {
        isCurrent = true;
        _ = get_num_threads(); // libtorch sets a thread's number when the thread first asks, and would take ours back later
        foreach (var (wanted, work) in queue.GetConsumingEnumerable())
        {
            // Of this thread alone; torch.set_num_threads would be for all, and forget what oneDNN has compiled.
            if (wanted != threads) SetThreads(threads = wanted);
            work();
        }
    }

    static bool SetsThreads()
    {
        try
        {
            SetThreads(get_num_threads()); // what it is
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
