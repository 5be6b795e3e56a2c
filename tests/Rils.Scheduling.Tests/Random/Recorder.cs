using System.Collections.Concurrent;

namespace Rils.Scheduling.Tests.Random;

/// <summary>Writes down which thread ran which system with what result, and fails a system that meets a conflicting
/// one.</summary>
sealed class Recorder
{
    readonly ConcurrentDictionary<string, List<string>> logs = [];

    /// <summary>What each lane did, by the thread's name.</summary>
    public IReadOnlyDictionary<string, List<string>> Logs => logs;

    /// <summary>Throws to make a system fail.</summary>
    public Action<string, ulong>? Sabotage { get; init; }

    public ulong Run(string system, Input[] inputs)
    {
        foreach (var (datum, writes) in Flat(inputs)) datum.Enter(writes);
        var number = Number(system, inputs.Select(input => input.Data.Select(datum => datum.Number)));
        Thread.Yield(); // Gives a system that should wait the chance not to.
        Sabotage?.Invoke(system, number);
        foreach (var (datum, writes) in Flat(inputs))
        {
            if (writes) datum.Number = number;
            datum.Leave(writes);
        }
        logs.GetOrAdd(ThreadName, _ => []).Add(Entry(system, number));
        return number;
    }

    public static ulong Number(string system, IEnumerable<IEnumerable<ulong>> inputs)
    {
        var hash = 14695981039346656037;
        foreach (var letter in system) Mix(letter);
        foreach (var input in inputs)
        {
            Mix(0x5eba);
            foreach (var number in input) Mix(number);
        }
        return hash;

        void Mix(ulong next) => hash = (ulong.RotateLeft(hash, 23) ^ next) * 1099511628211;
    }

    public static string Entry(string system, ulong number) => $"{system} {number:x}";

    static string ThreadName => Thread.CurrentThread.Name is { } name && name.StartsWith("rils ") ? name : "caller";

    static IEnumerable<(Datum, bool)> Flat(Input[] inputs) =>
        inputs.SelectMany(input => input.Data.Select(datum => (datum, input.Writes)));
}
