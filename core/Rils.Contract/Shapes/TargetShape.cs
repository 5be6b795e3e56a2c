namespace Rils.Contract;

/// <summary>The size of the predictions that a reconstruction target needs from the decoder; a <c>Setup</c> system of
/// the target makes it.</summary>
/// <param name="Width">Number of values predicted for each patch; at least 1.</param>
public sealed record TargetShape(int Width);
