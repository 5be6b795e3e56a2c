using System.Runtime.ExceptionServices;
using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>The processor's cores, each with a thread that computes alone: a model's pass over a part of the batch needs no other core until it is
/// through, while one operation after the other on all cores would have them wait for each other thousands of times a step.</summary>
static class Cores
{
    /// <summary>More would each hold the gradients of all parameters for too little time won; they take several cores each instead.</summary>
    const int Most = 8;

    static readonly Lock Gate = new();
    static readonly List<Core> All = [];

    /// <summary>How many parts a batch is worth cutting into.</summary>
    /// <param name="rows">Samples in it.</param>
    /// <param name="least">Samples that a part should have.</param>
    public static int Parts(long rows, long least) =>
        Core.IsCurrent || !Core.CanBe ? 1 : (int)Math.Clamp(rows / least, 1, Math.Min(Most, get_num_threads()));

    /// <summary>Does something for each of several parts at once, and waits. A part has the same thread whenever it is called, so that
    /// what belongs to a thread stays with it.</summary>
    /// <param name="parts">How many; those of <see cref="Parts"/>.</param>
    /// <param name="work">Gets the part's number.</param>
    public static void Run(int parts, Action<int> work)
    {
        var threads = Math.Max(1, get_num_threads() / parts);
        var failures = new Exception?[parts];
        using var ends = new CountdownEvent(parts);
        for (var part = 0; part < parts; part++)
        {
            var number = part;
            Of(part).Add(threads, () =>
            {
                try
                {
                    work(number);
                }
                catch (Exception cause)
                {
                    failures[number] = cause;
                }
                finally
                {
                    ends.Signal();
                }
            });
        }
        ends.Wait();
        if (failures.FirstOrDefault(failure => failure is not null) is { } first) ExceptionDispatchInfo.Throw(first);
    }

    static Core Of(int part)
    {
        lock (Gate)
        {
            while (All.Count <= part) All.Add(new(All.Count));
            return All[part];
        }
    }
}
