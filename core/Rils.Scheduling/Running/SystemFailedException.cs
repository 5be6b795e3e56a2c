namespace Rils.Scheduling;

/// <summary>A system threw: says which, for which arm and at which step. The cause is the inner exception.</summary>
public sealed class SystemFailedException(string system, string? arm, long step, Exception cause)
    : Exception($"{system}{(arm is null ? "" : $" of arm {arm}")} failed {(step < 0 ? "in setup" : $"at step {step}")}: {Cause.Of(cause)}", cause)
{
    /// <summary>The system's name.</summary>
    public string System => system;

    /// <summary>The arm; null for a system that runs once per world.</summary>
    public string? Arm => arm;

    /// <summary>The step; -1 in Setup.</summary>
    public long Step => step;
}
