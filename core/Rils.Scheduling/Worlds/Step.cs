namespace Rils.Scheduling;

/// <summary>The step that a tick makes; every lane has it without anybody making it.</summary>
/// <param name="Number">From 0.</param>
public sealed record Step(long Number) : IShared;
