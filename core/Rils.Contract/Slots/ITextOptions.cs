namespace Rils.Contract;

/// <summary>Tells a text encoder's shape from its options alone. Options of a <c>[text]</c> may implement it: then an
/// arm that reads token ids and no sentence's feature makes no text encoder only for the length of a
/// sentence.</summary>
public interface ITextOptions
{
    /// <summary>The <see cref="TextEncoder.Shape"/> that the text encoder will have.</summary>
    TextShape Shape { get; }
}
