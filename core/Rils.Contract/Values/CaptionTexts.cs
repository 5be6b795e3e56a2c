using Rils.Scheduling;

namespace Rils.Contract;

/// <summary>The batch's captions as text: of each sample the caption that was drawn for this step.</summary>
/// <param name="Texts">One text for each sample, in the order of the batch.</param>
public sealed record CaptionTexts(IReadOnlyList<string> Texts) : IShared;
