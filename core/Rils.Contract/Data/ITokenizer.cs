namespace Rils.Contract;

/// <summary>Slot <c>[data.tokenizer]</c>: text to token ids. Called from several threads at once.</summary>
public interface ITokenizer
{
    /// <summary>Token ids run from 0 to this, exclusive.</summary>
    int VocabularySize { get; }

    /// <summary>Encodes a text with its start and end tokens; the end-of-text token is the largest id.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="context">The most ids to return; a longer text is cut and its last id is the end-of-text token.</param>
    /// <returns>At most <paramref name="context"/> ids, not padded.</returns>
    int[] Encode(string text, int context);
}
