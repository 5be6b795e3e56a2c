namespace Rils.Contract;

/// <summary>A table whose kind is known and whose options are bound.</summary>
interface IBoundKind
{
    /// <summary>The kind's full name.</summary>
    string? Kind { get; }

    /// <summary>The options.</summary>
    object Options { get; }
}
