namespace Rils.Contract;

/// <summary>The way in which an arm's captions become token ids. Arms with equal encoders share the ids.</summary>
/// <param name="Tokenizer">The arm's tokenizer: that of <c>[text.tokenizer]</c>, or else of
/// <c>[data.tokenizer]</c>. Arms whose tables are equal have the same object.</param>
/// <param name="Context">The longest sentence of the arm's text encoder, in tokens.</param>
public sealed record CaptionEncoder(ITokenizer Tokenizer, int Context)
{
    /// <summary>Encodes texts.</summary>
    /// <param name="texts">The texts; a longer one than the context is cut.</param>
    /// <returns>The ids of each text, not padded: at most <see cref="Context"/>.</returns>
    public IReadOnlyList<int[]> Encode(IEnumerable<string> texts) =>
        [.. texts.Select(text => Tokenizer.Encode(text, Context))];
}
