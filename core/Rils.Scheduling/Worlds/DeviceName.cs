namespace Rils.Scheduling;

/// <summary>The name of the device lane that a system runs on.</summary>
/// <param name="Value">As <see cref="Entity.Device"/> of the lane's arms: <c>cpu</c>, <c>cuda:0</c>. Empty on the host
/// lane.</param>
public sealed record DeviceName(string Value) : IShared;
