namespace Rils.Engine.Datasets;

/// <summary>A sample that a command could not use.</summary>
/// <param name="Index">The sample's number in its source.</param>
/// <param name="Cause">The sample's key, and what is wrong with it.</param>
public sealed record BadRead(int Index, string Cause);
