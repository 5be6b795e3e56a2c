namespace Rils.Contract;

/// <summary>The sizes that a decoder must fit.</summary>
/// <param name="Backbone">The sizes of the backbone whose tokens the decoder gets.</param>
/// <param name="Target">The size of the prediction for each patch.</param>
public sealed record DecoderContext(BackboneShape Backbone, TargetShape Target);
