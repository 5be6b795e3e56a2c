using System.Collections.Concurrent;

namespace Rils.Contract;

/// <summary>A thread that does one thing after the other, each operation on one core.</summary>
sealed class Core
{
    [ThreadStatic] static bool isCurrent;

    readonly BlockingCollection<Action> queue = [];

    public Core(int number) => new Thread(Work) { IsBackground = true, Name = $"rils core {number}" }.Start();

    /// <summary>Whether the calling thread is one of these.</summary>
    public static bool IsCurrent => isCurrent;

    /// <param name="work">Throws nothing.</param>
    public void Add(Action work) => queue.Add(work);

    void Work()
    {
        isCurrent = true;
        OpenMp.Take(1);
        foreach (var work in queue.GetConsumingEnumerable()) work();
    }
}
