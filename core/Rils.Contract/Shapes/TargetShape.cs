namespace Rils.Contract;

/// <summary>What a reconstruction target wants of the decoder; a target's <c>Setup</c> system makes it.</summary>
/// <param name="Width">Numbers predicted per patch.</param>
public sealed record TargetShape(int Width);
