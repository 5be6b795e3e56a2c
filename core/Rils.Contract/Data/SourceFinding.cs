namespace Rils.Contract;

/// <summary>Something in the data that a source does not understand. The engine prints it once, when it opens the
/// data.</summary>
/// <param name="Message">How many such things there are, an example with its place, and how to repair the data.</param>
/// <param name="Lost">Number of samples that the data loses by it, not counted in <see cref="ISource.Count"/>. These
/// and the bad samples together may be at most 1% of the data.</param>
public sealed record SourceFinding(string Message, int Lost = 0);
