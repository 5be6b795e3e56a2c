using Rils.Contract;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>The systems that make tokens, embeddings and predictions from the frame, for all kinds of the
/// slots.</summary>
static class ForwardSystems
{
    public static void Tokens(in Backbone backbone, in Images images, in BatchParts cut, out ImageTokens tokens)
    {
        var encoder = backbone;
        tokens = new(cut.Encode(encoder, parts => encoder.Encode(parts[0]), images.Pixels));
    }

    public static void EncodeViews(
        in Backbone backbone, in AugmentedViews views, in BatchParts cut, out ViewTokens tokens)
    {
        var (encoder, own) = (backbone, cut);
        Tensor View(Tensor pixels) => own.Encode(encoder, parts => encoder.Encode(parts[0]), pixels);
        tokens = new(View(views.First), View(views.Second));
    }

    public static void EmbedImages(
        in SharedSpace space, in ImageTokens tokens, in BatchParts cut, out ImageEmbedding embedding)
    {
        var own = space;
        embedding = new(cut.Run(own, parts => own.ProjectImages(ImageTokens.Pool(parts[0])), [tokens.Tokens]));
    }

    public static void Encoder(in ITokenizer tokenizer, in TextShape shape, out CaptionEncoder encoder) =>
        encoder = new(tokenizer, shape.Context);

    /// <summary>Finds the arm's own token ids among those of all arms.</summary>
    public static void TextTokens(in CaptionEncoder own, in EncodedCaptions all, out CaptionTokens tokens) =>
        tokens = all.ByEncoder[own];

    public static void EmbedTexts(in TextEncoder text, in SharedSpace space, in CaptionTokens captions,
        in BatchParts cut, out TextEmbedding sentences)
    {
        var (encoder, own) = (text, space);
        var lengths = tensor([.. captions.Lengths.Select(length => (long)length)]);
        var features = cut.Encode(encoder, parts => CaptionGroups.Of(parts[0], parts[1], encoder.Shape.Context)
            .Encode(parts[0], encoder.Encode), captions.Tokens, lengths);
        Held.Shaped(features, "features", encoder, "[captions, width]", captions.Lengths.Count, encoder.Shape.Width);
        sentences = new(cut.Run(own, parts => own.ProjectTexts(parts[0]), [features]));
    }

    public static void Mask(in IMasking masking, in BackboneShape shape, in MaskNoise noise, out PatchMask mask)
    {
        using var constant = no_grad();
        mask = masking.Mask(noise.For(shape.Grid), shape.Grid);
    }

    public static void VisibleTokens(
        in Backbone backbone, in Images images, in PatchMask mask, in Maybe<ImageSelection> selection,
        in BatchParts cut, out VisibleTokens tokens)
    {
        var (encoder, pixels) = (backbone, images.Pixels);
        if (!selection.TryGet(out var selected))
        {
            tokens = new(cut.Encode(
                encoder, parts => encoder.EncodeVisible(parts[0], parts[1]), pixels, mask.Visible), mask);
            return;
        }
        var rows = mask.Select(selected.Images);
        // Each chunk copies its own selected pixels, and keeps no copy.
        tokens = new(cut.Encode(encoder, parts => encoder.EncodeVisible(pixels.index_select(0, parts[0]), parts[1]),
            selected.Images, rows.Visible), rows);
    }

    public static void Decode(
        in Decoder decoder, in VisibleTokens tokens, in BatchParts cut, out PatchPrediction prediction)
    {
        var predictor = decoder;
        prediction = new(cut.Encode(predictor, parts => predictor.Predict(parts[0], parts[1]),
            tokens.Tokens, tokens.Mask.Restore), tokens.Mask);
    }
}
