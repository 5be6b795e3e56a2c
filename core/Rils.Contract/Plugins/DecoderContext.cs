namespace Rils.Contract;

/// <summary>The sizes that a decoder must fit.</summary>
/// <param name="Backbone">The sizes of the backbone whose tokens the decoder gets.</param>
/// <param name="Patches">The tokens that the backbone gives.</param>
/// <param name="Target">The size of the prediction for each patch.</param>
public sealed record DecoderContext(BackboneShape Backbone, PatchShape Patches, TargetShape Target);
