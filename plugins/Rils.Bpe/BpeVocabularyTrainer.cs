namespace Rils.Bpe;

/// <summary>Learns the vocabulary file of <c>kind = "bpe"</c> by <see cref="BpeTrainer"/>, for
/// <c>rils tokenizer learn</c>.</summary>
/// <remarks>Memory grows with the number of different words in the captions, not with the number of captions.</remarks>
public sealed class BpeVocabularyTrainer : IVocabularyTrainer
{
    /// <inheritdoc/>
    public int Learn(IEnumerable<string> captions, int size, Stream file)
    {
        if (size < BpeTrainer.SmallestSize)
            throw new ArgumentException($"a vocabulary of kind \"bpe\" has at least {BpeTrainer.SmallestSize} ids: "
                + "256 bytes, the same 256 at a word's end, start and end of text");
        var vocabulary = BpeTrainer.Learn(captions, size);
        vocabulary.Write(file);
        return vocabulary.Size;
    }
}
