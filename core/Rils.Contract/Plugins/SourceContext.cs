namespace Rils.Contract;

/// <summary>The data that a source opens.</summary>
/// <param name="Patterns">Absolute paths of files, in which <c>*</c> and <c>?</c> match within a name.</param>
/// <param name="CacheFolder">The path of a folder where the source may keep an index. The folder need not exist: a
/// source that writes there makes it.</param>
public sealed record SourceContext(IReadOnlyList<string> Patterns, string CacheFolder)
{
    /// <summary>The names of the training data's classes, where the source opens data for an evaluation beside it: a
    /// source that numbers classes by their names gives them the same numbers, and refuses a name that is not among
    /// them. Null for the training data itself, for data of its own source, and where the training data does not name
    /// its classes.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }
}
