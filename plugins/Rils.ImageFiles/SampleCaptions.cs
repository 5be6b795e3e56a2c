namespace Rils.ImageFiles;

/// <summary>The captions of a sample.</summary>
/// <param name="Texts">The captions; empty for none.</param>
/// <param name="Fault">Why a caption cannot be used, in words for <see cref="Sample.WithFault{T}"/>; null where all
/// can.</param>
sealed record SampleCaptions(IReadOnlyList<string> Texts, string? Fault = null)
{
    /// <summary>No caption.</summary>
    public static SampleCaptions None { get; } = new([]);

    /// <summary>Whether there is neither a caption nor a fault.</summary>
    public bool IsEmpty => Texts.Count == 0 && Fault is null;

    /// <summary>Makes the sample with the captions, or with the fault.</summary>
    public Sample In(Sample sample) => Fault is not null ? sample.WithFault<Captions>(Fault)
        : Texts.Count > 0 ? sample.With(new Captions(Texts)) : sample;
}
