namespace Rils.Contract;

/// <summary>The data that a source opens.</summary>
/// <param name="Patterns">Absolute paths of files, in which <c>*</c> and <c>?</c> match within a name.</param>
/// <param name="CacheFolder">The path of a folder where the source may keep an index. The folder need not exist: a
/// source that writes there makes it.</param>
public sealed record SourceContext(IReadOnlyList<string> Patterns, string CacheFolder);
