using System.ComponentModel.DataAnnotations;

namespace Rils.Bpe;

/// <summary>Options of <c>[data.tokenizer] kind = "clip"</c>: 49,408 tokens, as CLIP's tokenizer has.</summary>
public sealed record ClipTokenizerOptions
{
    /// <summary>CLIP's <c>bpe_simple_vocab_16e6.txt.gz</c>, or the same unpacked. Its first 48,894 merges are used.</summary>
    [Required, ExperimentPath]
    public required string Vocabulary { get; init; }
}
