namespace Rils.Contract;

/// <summary>Learns the vocabulary file of a kind of <c>[data.tokenizer]</c> from captions, for
/// <c>rils tokenizer learn</c>. A plugin registers one beside its kind by
/// <see cref="Vocabularies.LearnsVocabulary"/>.</summary>
public interface IVocabularyTrainer
{
    /// <summary>Learns a vocabulary and writes its file.</summary>
    /// <param name="captions">The captions, in the order of the data. They come from the disk as they are enumerated,
    /// once, and may be too many to keep.</param>
    /// <param name="size">The most token ids; the vocabulary may have fewer where the captions give no more.</param>
    /// <param name="file">Takes the file that an option of the kind names. Equal captions and sizes must give equal
    /// bytes.</param>
    /// <returns>Number of token ids.</returns>
    /// <exception cref="ArgumentException"><paramref name="size"/> is too small for the kind; the message says
    /// the smallest size.</exception>
    int Learn(IEnumerable<string> captions, int size, Stream file);
}
