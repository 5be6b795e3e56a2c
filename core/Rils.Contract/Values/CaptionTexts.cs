using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>The batch's captions as people read them.</summary>
/// <param name="Texts">In the order of the batch; null where a sample has none.</param>
public sealed record CaptionTexts(IReadOnlyList<string?> Texts) : IShared;
