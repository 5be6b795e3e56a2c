namespace Rils.Contract;

/// <summary>What a decoder must fit.</summary>
/// <param name="Backbone">Where its input comes from.</param>
/// <param name="Target">What it predicts for each patch.</param>
public sealed record DecoderContext(BackboneShape Backbone, TargetShape Target);
