using System.Collections.Concurrent;

namespace Rils.Contract;

/// <summary>A thread that does one piece of work after the other; each of its operations uses one core.</summary>
sealed class Core
{
    [ThreadStatic] static bool isCurrent;

    readonly BlockingCollection<Action> queue = [];

    public Core(int number) => new Thread(Work) { IsBackground = true, Name = $"rils core {number}" }.Start();

    /// <summary>Whether the calling thread is the thread of a core.</summary>
    public static bool IsCurrent => isCurrent;

    /// <summary>Adds work to the end of the thread's queue.</summary>
    /// <param name="work">The work; it must not throw.</param>
    public void Add(Action work) => queue.Add(work);

    void Work()
    {
        isCurrent = true;
        OpenMp.Take(1);
        foreach (var work in queue.GetConsumingEnumerable()) work();
    }
}
