using System.Runtime.ExceptionServices;

namespace Rils.Contract;

/// <summary>The machine's cores, each with a thread that computes alone: a model's pass over a part of the batch needs
/// no other core until it is through, while one operation after the other on all cores would have the cores wait for
/// each other thousands of times a step.</summary>
static class Cores
{
    static readonly Lock Gate = new();
    static readonly List<Core> All = [];

    /// <summary>Does something for each of several parts, as many at once as the machine has threads, and waits. Each
    /// core takes the first part that nobody has begun. A core that calls this does all parts itself, and so does the
    /// caller where threads cannot be told to compute alone.</summary>
    /// <param name="parts">How many.</param>
    /// <param name="work">Gets the part's number.</param>
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
