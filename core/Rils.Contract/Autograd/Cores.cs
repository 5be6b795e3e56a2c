using System.Runtime.ExceptionServices;

namespace Rils.Contract;

/// <summary>The machine's cores, each with a thread that computes alone. A model's pass over a part of the batch needs
/// no other core until its end. If all cores shared each operation instead, they would wait for each other thousands of
/// times a step.</summary>
static class Cores
{
    static readonly Lock Gate = new();
    static readonly List<Core> All = [];

    /// <summary>Does work for each of several parts, as many at once as the machine has threads, and waits for all.
    /// Each core takes the first part that no core has begun. Where a core calls this method, it does all parts itself;
    /// so does every caller where OpenMP's number of threads cannot be set for one thread alone.</summary>
    /// <param name="parts">The number of parts.</param>
    /// <param name="work">Does the work of a part; gets the part's number, from 0.</param>
    /// <exception cref="Exception">The exception of the first part that failed; the other parts ran to their
    /// end.</exception>
    public static void Run(int parts, Action<int> work)
    {
        var failures = new Exception?[parts];
        var next = -1;
        void TakeParts()
        {
            for (int part; (part = Interlocked.Increment(ref next)) < parts;)
            {
                try
                {
                    work(part);
                }
                catch (Exception cause)
                {
                    failures[part] = cause;
                }
            }
        }
        if (Core.IsCurrent || !OpenMp.CanSet) TakeParts();
        else OnCores(Math.Min(parts, OpenMp.MachineThreads), TakeParts);
        if (failures.FirstOrDefault(failure => failure is not null) is { } first) ExceptionDispatchInfo.Throw(first);
    }

    static void OnCores(int count, Action work)
    {
        using var ends = new CountdownEvent(count);
        for (var core = 0; core < count; core++)
        {
            Of(core).Add(() =>
            {
                work();
                ends.Signal();
            });
        }
        ends.Wait();
    }

    static Core Of(int number)
    {
        lock (Gate)
        {
            while (All.Count <= number) All.Add(new(All.Count));
            return All[number];
        }
    }
}
