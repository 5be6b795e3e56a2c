using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>The batch's captions as text.</summary>
/// <param name="Texts">One text for each sample, in the order of the batch; null where a sample has no caption.</param>
public sealed record CaptionTexts(IReadOnlyList<string?> Texts) : IShared;
