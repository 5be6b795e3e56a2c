using System.ComponentModel;

namespace Rils.Contract;

/// <summary>A component that the engine gives to each sample of a training batch where something reads captions: the
/// caption that was drawn for this step and place from the sample's <see cref="Captions"/>.</summary>
/// <param name="Text">The caption.</param>
/// <param name="Ids">Its token ids by each arm's <see cref="CaptionEncoder"/>, not padded.</param>
[DisplayName("caption")]
public sealed record DrawnCaption(string Text, IReadOnlyDictionary<CaptionEncoder, int[]> Ids);
