namespace Rils.Contract;

/// <summary>Which data a source opens.</summary>
/// <param name="Patterns">Absolute paths, in which <c>*</c> and <c>?</c> match within a name.</param>
/// <param name="CacheFolder">Where an index may be kept; the source makes it if it writes there.</param>
public sealed record SourceContext(IReadOnlyList<string> Patterns, string CacheFolder);
