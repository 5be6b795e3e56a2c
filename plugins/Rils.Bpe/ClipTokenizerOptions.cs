using System.ComponentModel.DataAnnotations;

namespace Rils.Bpe;

/// <summary>Options of <c>[data.tokenizer] kind = "clip"</c>: 49,408 tokens, as in CLIP's tokenizer.</summary>
public sealed record ClipTokenizerOptions
{
    /// <summary>CLIP's <c>bpe_simple_vocab_16e6.txt.gz</c>, or the same file unpacked. The tokenizer uses its first
    /// 48,894 merges.</summary>
    [Required, ExperimentPath]
    public required string Vocabulary { get; init; }
}
