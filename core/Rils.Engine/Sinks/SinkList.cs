using Microsoft.Extensions.Logging;
using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Sinks;

/// <summary>The sinks that a run can do without: one that throws is reported once and left out.</summary>
/// <param name="sinks">Each with its name in messages; the list disposes them.</param>
/// <param name="log">Takes the reports.</param>
sealed class SinkList(IEnumerable<(string Name, ISink Sink)> sinks, ILogger log) : IDisposable
{
    readonly List<(string Name, ISink Sink)> listening = [.. sinks];

    /// <summary>Gives an event to every sink, in the order of the list.</summary>
    public void Send(RunEvent happened)
    {
        foreach (var entry in listening.ToArray())
            if (!Try(entry.Name, () => entry.Sink.Receive(happened)))
            {
                listening.Remove(entry);
                Try(entry.Name, entry.Sink.Dispose);
            }
    }

    public void Dispose()
    {
        foreach (var (name, sink) in listening) Try(name, sink.Dispose);
        listening.Clear();
    }

    bool Try(string name, Action action)
    {
        try
        {
            action();
            return true;
        }
        // A stranger's code can throw anything, and a disk can be full.
        catch (Exception failure)
        {
            log.LogWarning("{Sink} failed and is left out, the run goes on: {Cause}", name, Cause.Of(failure));
            return false;
        }
    }
}
