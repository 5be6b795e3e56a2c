using Rils.Abstractions;
using Rils.Ecs;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>From the frame to tokens, embeddings and predictions, whatever the kinds of the slots are.</summary>
static class ForwardSystems
{
    public static void Tokens(in Backbone backbone, in Images images, out ImageTokens tokens) =>
        tokens = new(backbone.Encode(images.Pixels));

    public static void EmbedImages(in SharedSpace space, in ImageTokens tokens, out ImageEmbedding embedding) =>
        embedding = new(space.ProjectImages(ImageTokens.Pool(tokens.Tokens)));

    public static void EmbedTexts(in TextEncoder text, in SharedSpace space, in Captions captions, out Sentences sentences) =>
        sentences = new(space.ProjectTexts(text.Encode(captions.Tokens)));

    public static void Mask(in IMasking masking, in BackboneShape shape, in MaskNoise noise, out PatchMask mask)
    {
        using var constant = no_grad();
        mask = masking.Mask(noise.For(shape.Grid), shape.Grid);
    }

    public static void VisibleTokens(in Backbone backbone, in Images images, in PatchMask mask, in Maybe<ImageSelection> selection, out VisibleTokens tokens)
    {
        var (pixels, rows) = (images.Pixels, mask);
        if (selection.TryGet(out var selected)) (pixels, rows) = (pixels.index_select(0, selected.Images), mask.Select(selected.Images));
        tokens = new(backbone.EncodeVisible(pixels, rows.Visible), rows);
    }

    public static void Decode(in Decoder decoder, in VisibleTokens tokens, out PatchPrediction prediction) =>
        prediction = new(decoder.Predict(tokens.Tokens, tokens.Mask.Restore), tokens.Mask);
}
