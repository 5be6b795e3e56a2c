namespace Rils.Scheduling;

/// <summary>Marks a type of which a world has one value, read by every arm and written by none: the batch, the step.</summary>
/// <remarks>What is not marked belongs to an arm. A system whose parameters are all shared runs once per world.</remarks>
public interface IShared;
