namespace Rils.Contract;

/// <summary>Slots <c>[data.tokenizer]</c>, for all arms, and <c>[text.tokenizer]</c>, for one: turns text into token
/// ids. Several threads call it at once.</summary>
public interface ITokenizer
{
    /// <summary>Number of token ids: they run from 0 to this number, exclusive.</summary>
    int VocabularySize { get; }

    /// <summary>Encodes a text with its start and end tokens; the end-of-text token is the largest id.</summary>
    /// <param name="text">Any text; may be empty.</param>
    /// <param name="context">The largest number of ids to return. A longer text is cut, and its last id is then the
    /// end-of-text token.</param>
    /// <returns>At most <paramref name="context"/> ids, not padded.</returns>
    int[] Encode(string text, int context);
}
