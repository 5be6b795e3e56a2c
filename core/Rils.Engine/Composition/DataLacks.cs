using Rils.Configuration;

namespace Rils.Engine.Composition;

/// <summary>Offers that the data does not make: a mistake only where an arm reads it.</summary>
/// <param name="Tokenizer">Where the data is that has no tokenizer; null where it has one, or is not known.</param>
/// <param name="Views">Where the data is that makes no augmented views; null where it makes them, or is not
/// known.</param>
sealed record DataLacks(SourceSpan? Tokenizer, SourceSpan? Views)
{
    /// <summary>Why the tokenizer that it has cannot be made.</summary>
    public Problems UnmadeTokenizer { get; } = new();

    /// <summary>Why the views that it has cannot be made.</summary>
    public Problems UnmadeViews { get; } = new();
}
