namespace Rils.Bpe;

/// <summary>Brings <c>[data.tokenizer] kind = "bpe"</c> and <c>"clip"</c>.</summary>
public sealed class BpePlugin : IPlugin
{
    /// <summary>How many merges of its vocabulary file CLIP uses. The other ids are 256 bytes, the same 256 at a word's
    /// end, and two special tokens.</summary>
    const int ClipMerges = 49152 - 256 - 2;

    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Tokenizer<BpeTokenizerOptions>("bpe",
            static (options, _) => new BpeTokenizer(Vocabulary.Read(options.Vocabulary)))
        .LearnsVocabulary<BpeVocabularyTrainer>("bpe")
        .Tokenizer<ClipTokenizerOptions>("clip",
            static (options, _) => new BpeTokenizer(Vocabulary.Read(options.Vocabulary, ClipMerges)));
}
