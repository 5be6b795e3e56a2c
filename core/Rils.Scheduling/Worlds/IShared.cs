namespace Rils.Scheduling;

/// <summary>Marks a type of which a world has one value that every arm reads and no arm writes: the batch, the
/// step.</summary>
/// <remarks>A value of an unmarked type belongs to an arm. A system whose parameters are all shared runs once per
/// world.</remarks>
public interface IShared;
