namespace Rils.Contract;

/// <summary>Something in the data that a source does not understand. Told once, when the data is opened.</summary>
/// <param name="Message">How many there are, an example with its place, and how to mend it.</param>
/// <param name="Lost">How many samples the data loses by it, beside those that the source counts: with these and the
/// bad samples at most 1% may be lost.</param>
public sealed record SourceFinding(string Message, int Lost = 0);
