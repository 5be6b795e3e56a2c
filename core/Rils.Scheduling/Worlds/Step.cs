namespace Rils.Scheduling;

/// <summary>The step that a tick makes. The scheduler sets the step before each tick; no system makes it.</summary>
/// <param name="Number">The step's number in the run, from 0.</param>
public sealed record Step(long Number) : IShared;
