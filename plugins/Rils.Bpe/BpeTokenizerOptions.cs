using System.ComponentModel.DataAnnotations;

namespace Rils.Bpe;

/// <summary>Options of <c>[data.tokenizer] kind = "bpe"</c>.</summary>
public sealed record BpeTokenizerOptions
{
    /// <summary>A merges file, plain or <c>.gz</c>: a line with <c>#version</c>, then one merge per line. The tokenizer
    /// uses all merges.</summary>
    [Required, ExperimentPath]
    public required string Vocabulary { get; init; }
}
