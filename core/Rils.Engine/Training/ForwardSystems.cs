using Rils.Abstractions;
using Rils.Ecs;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>From the frame to tokens, embeddings and predictions, whatever the kinds of the slots are.</summary>
static class ForwardSystems
{
    public static void Tokens(in Backbone backbone, in Images images, in Maybe<Chunk> chunk, out ImageTokens tokens)
    {
        var encoder = backbone;
        tokens = new(Chunk.Encode(chunk, encoder, parts => encoder.Encode(parts[0]), images.Pixels));
    }

    public static void EncodeViews(in Backbone backbone, in AugmentedViews views, in Maybe<Chunk> chunk, out ViewTokens tokens)
    {
        var (encoder, size) = (backbone, chunk);
        Tensor View(Tensor pixels) => Chunk.Encode(size, encoder, parts => encoder.Encode(parts[0]), pixels);
        tokens = new(View(views.First), View(views.Second));
    }

    public static void EmbedImages(in SharedSpace space, in ImageTokens tokens, out ImageEmbedding embedding) =>
        embedding = new(space.ProjectImages(ImageTokens.Pool(tokens.Tokens)));

    public static void EmbedTexts(in TextEncoder text, in SharedSpace space, in Captions captions, in Maybe<Chunk> chunk, out Sentences sentences)
    {
        var (encoder, size) = (text, chunk);
        var groups = CaptionGroups.Of(captions.Lengths, encoder.Shape.Context);
        var features = groups.Encode(captions.Tokens,
            tokens => Chunk.Encode(size, encoder, parts => encoder.Encode(parts[0]), tokens));
        sentences = new(space.ProjectTexts(Held.Shaped(features, "features", encoder, "[captions, width]",
            captions.Lengths.Count, encoder.Shape.Width)));
    }

    public static void Mask(in IMasking masking, in BackboneShape shape, in MaskNoise noise, out PatchMask mask)
    {
        using var constant = no_grad();
        mask = masking.Mask(noise.For(shape.Grid), shape.Grid);
    }

    public static void VisibleTokens(
        in Backbone backbone, in Images images, in PatchMask mask, in Maybe<ImageSelection> selection, in Maybe<Chunk> chunk, out VisibleTokens tokens)
    {
        var (encoder, pixels) = (backbone, images.Pixels);
        if (!selection.TryGet(out var selected))
        {
            tokens = new(Chunk.Encode(chunk, encoder, parts => encoder.EncodeVisible(parts[0], parts[1]), pixels, mask.Visible), mask);
            return;
        }
        var rows = mask.Select(selected.Images);
        // The selected pixels are copied chunk by chunk, and not kept.
        tokens = new(Chunk.Encode(chunk, encoder, parts => encoder.EncodeVisible(pixels.index_select(0, parts[0]), parts[1]), selected.Images, rows.Visible), rows);
    }

    public static void Decode(in Decoder decoder, in VisibleTokens tokens, in Maybe<Chunk> chunk, out PatchPrediction prediction)
    {
        var predictor = decoder;
        prediction = new(Chunk.Encode(chunk, predictor, parts => predictor.Predict(parts[0], parts[1]), tokens.Tokens, tokens.Mask.Restore), tokens.Mask);
    }
}
