using Microsoft.Extensions.Logging;
using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Engine.Sinks;

/// <summary>Gives a run's events to its sinks. The run goes on without a sink that throws: the list reports the failure
/// once and leaves the sink out.</summary>
/// <param name="sinks">The sinks, each with its name in messages; the list disposes them.</param>
/// <param name="log">The log that takes the reports.</param>
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
        // A plugin's code can throw any exception, and a disk can be full.
        catch (Exception failure)
        {
            log.LogWarning("{Sink} failed and is left out, the run goes on: {Cause}", name, Cause.Of(failure));
            return false;
        }
    }
}
