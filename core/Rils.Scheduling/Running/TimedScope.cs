namespace Rils.Scheduling;

/// <summary>A scope of a tick or an arm; a probe hears how long its end takes.</summary>
readonly struct TimedScope(IDisposable scope, IProbe? probe, string device, long step) : IDisposable
{
    public void Dispose()
    {
        var begun = probe.Now();
        scope.Dispose();
        probe?.Released(device, step, begun);
    }
}
