namespace Rils.Scheduling;

/// <summary>The name of the device lane that a system runs on; empty on the host lane.</summary>
public sealed record DeviceName(string Value) : IShared;
