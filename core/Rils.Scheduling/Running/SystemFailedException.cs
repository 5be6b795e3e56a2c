namespace Rils.Scheduling;

/// <summary>A system threw. The message names the system, the arm, the step and the cause; the cause is the inner
/// exception.</summary>
/// <param name="system">The name of the system, or of the work, that failed.</param>
/// <param name="arm">The arm's name; null for a system that runs once per world.</param>
/// <param name="step">The step, from 0; below 0 in Setup.</param>
/// <param name="cause">The exception that the system threw; <see cref="Cause.Of"/> puts it into words.</param>
public sealed class SystemFailedException(string system, string? arm, long step, Exception cause)
    : Exception($"{system}{(arm is null ? "" : $" of arm {arm}")} failed "
        + $"{(step < 0 ? "in setup" : $"at step {step}")}: {Cause.Of(cause)}", cause)
{
    /// <summary>The name of the system, or of the work, that failed.</summary>
    public string System => system;

    /// <summary>The arm's name; null for a system that runs once per world.</summary>
    public string? Arm => arm;

    /// <summary>The step, from 0; -1 in Setup.</summary>
    public long Step => step;
}
