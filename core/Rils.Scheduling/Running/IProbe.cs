namespace Rils.Scheduling;

/// <summary>Hears how long everything in a tick takes, on the lanes' own threads: what it does takes time from the run.</summary>
/// <remarks>Each call has the <see cref="System.Diagnostics.Stopwatch"/> timestamp of the beginning. The end is the probe's own to take, since only it knows what an
/// asynchronous device must be waited for. Setup is not heard of.</remarks>
public interface IProbe
{
    /// <summary>A lane waited until it could begin a step: the host lane for room, a device lane for the frame.</summary>
    /// <param name="device">The device lane's name; empty for the host lane.</param>
    /// <param name="step">The step that it begins now.</param>
    /// <param name="begun">When the wait began.</param>
    void Waited(string device, long step, long begun);

    /// <summary>A system has run; one that failed is not told. What it made is still there.</summary>
    /// <param name="device">The device lane's name; empty for the host lane.</param>
    /// <param name="system">The system and what it ran for.</param>
    /// <param name="step">The step.</param>
    /// <param name="begun">When the system began.</param>
    void Ran(string device, PlannedSystem system, long step, long begun);

    /// <summary>A lane has looked whether a system changes what it only reads: before or after one, or at the beginning
    /// of a tick. Without a watch nothing is told.</summary>
    /// <param name="device">The device lane's name; empty for the host lane.</param>
    /// <param name="step">The step.</param>
    /// <param name="begun">When it began to look.</param>
    void Watched(string device, long step, long begun);

    /// <summary>A device lane has let go of what an arm, the tick or the frame held.</summary>
    /// <param name="device">The device lane's name.</param>
    /// <param name="step">The step.</param>
    /// <param name="begun">When the release began.</param>
    void Released(string device, long step, long begun);

    /// <summary>A lane's part of a step is over, also one that failed: the host lane's frame is filled, a device lane's arms are done.</summary>
    /// <param name="device">The device lane's name; empty for the host lane.</param>
    /// <param name="step">The step.</param>
    /// <param name="begun">When the wait was over and the lane began.</param>
    void Ticked(string device, long step, long begun);
}
