namespace Rils.Scheduling;

/// <summary>Hears how long everything in a tick takes. Lanes call it on their own threads, so time that the probe takes
/// is lost to the run.</summary>
/// <remarks>Each call has the beginning as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>, in the
/// stopwatch's ticks. The probe takes the time of the end itself, since only the probe knows whether to wait for an
/// asynchronous device first. Setup is not measured.</remarks>
public interface IProbe
{
    /// <summary>A lane waited until it could begin a step: the host lane for room, a device lane for the
    /// frame.</summary>
    /// <param name="device">The device lane's name; empty for the host lane.</param>
    /// <param name="step">The step that the lane begins now, from 0.</param>
    /// <param name="begun">The timestamp at which the wait began.</param>
    void Waited(string device, long step, long begun);

    /// <summary>A system has run to its end, and its values are still there. There is no call for a system that
    /// failed.</summary>
    /// <param name="device">The device lane's name; empty for the host lane.</param>
    /// <param name="system">The system, with the entity that it ran for.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="begun">The timestamp at which the system began.</param>
    void Ran(string device, PlannedSystem system, long step, long begun);

    /// <summary>A lane's <see cref="IWatch"/> has looked whether a system changes a value that it only reads: before or
    /// after a system, or at the beginning of a tick. There is no call where the lane has no watch.</summary>
    /// <param name="device">The device lane's name; empty for the host lane.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="begun">The timestamp at which the look began.</param>
    void Watched(string device, long step, long begun);

    /// <summary>A device lane has released the values that an arm, the tick or the frame held.</summary>
    /// <param name="device">The device lane's name.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="begun">The timestamp at which the release began.</param>
    void Released(string device, long step, long begun);

    /// <summary>A lane's part of a step is over, also where it failed: the host lane has filled the frame, or the
    /// device lane's arms are through.</summary>
    /// <param name="device">The device lane's name; empty for the host lane.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="begun">The timestamp at which the wait was over and the lane began.</param>
    void Ticked(string device, long step, long begun);
}
