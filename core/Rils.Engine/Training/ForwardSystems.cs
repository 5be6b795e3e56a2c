using Rils.Contract;
using Rils.Engine.Data;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>The systems that make tokens, embeddings and predictions from the frame, for all kinds of the
/// slots.</summary>
static class ForwardSystems
{
    public static void Tokens(in Backbone backbone, in ITokenBackbone encoder, in PatchShape patches,
        in Images images, in Maybe<PassNoise> noise, in BatchParts cut, out ImageTokens tokens)
    {
        var own = NoisyEncoding.Of(noise, BackbonePass.Images, backbone);
        tokens = new(NoisyEncoding.Images(backbone, encoder, images.Pixels, own, cut), patches.Prefix);
    }

    /// <summary>Makes the features of images from tokens that are there anyway, so that no image is encoded
    /// twice.</summary>
    public static void Pool(in Backbone backbone, in ITokenBackbone encoder, in ImageTokens tokens, in BatchParts cut,
        out ImageFeatures features)
    {
        var own = encoder;
        features = new(cut.Run(backbone, parts => own.Pool(parts[0]), [tokens.Tokens]));
    }

    /// <summary>Makes the features of images with a backbone that gives no tokens.</summary>
    public static void Features(in Backbone backbone, in Images images, in BatchParts cut, out ImageFeatures features)
    {
        var encoder = backbone;
        features = new(cut.Encode(encoder, parts => encoder.Features(parts[0]), images.Pixels));
    }

    /// <summary>Counts the passes over views, and refuses a size that the backbone does not take.</summary>
    public static void CountViews(
        in Backbone backbone, in ViewSizes sizes, in TrainingData data, out ViewCost cost) =>
        cost = ViewCost.Of(backbone, sizes.All, data.ImageSize);

    public static void EncodeViews(in Backbone backbone, in ITokenBackbone encoder, in AugmentedViews views,
        in Maybe<PassNoise> noise, in BatchParts cut, out ViewTokens tokens)
    {
        var (module, own, given, parted) = (backbone, encoder, noise, cut);
        Tensor View(Tensor pixels, int number) => NoisyEncoding.Images(
            module, own, pixels, NoisyEncoding.Of(given, BackbonePass.View(number), module), parted);
        tokens = new([.. views.All.Select(View)]);
    }

    /// <inheritdoc cref="Pool"/>
    public static void PoolViews(in Backbone backbone, in ITokenBackbone encoder, in ViewTokens tokens,
        in BatchParts cut, out ViewFeatures features)
    {
        var (module, own, parted) = (backbone, encoder, cut);
        Tensor View(Tensor encoded) => parted.Run(module, parts => own.Pool(parts[0]), [encoded]);
        features = new([.. tokens.All.Select(View)]);
    }

    /// <inheritdoc cref="Features"/>
    public static void ViewFeatures(
        in Backbone backbone, in AugmentedViews views, in BatchParts cut, out ViewFeatures features)
    {
        var (encoder, parted) = (backbone, cut);
        Tensor View(Tensor pixels) => parted.Encode(encoder, parts => encoder.Features(parts[0]), pixels);
        features = new([.. views.All.Select(View)]);
    }

    public static void EmbedImages(
        in SharedSpace space, in ImageFeatures features, in BatchParts cut, out ImageEmbedding embedding)
    {
        var own = space;
        embedding = new(cut.Run(own, parts => own.ProjectImages(parts[0]), [features.Vectors]));
    }

    /// <summary>Tells what ids the arm's captions take without a text encoder, which an arm that reads ids alone does
    /// not need.</summary>
    public static void Context(in ITokenizer tokenizer, in ITextOptions text, out CaptionEncoder encoder) =>
        encoder = new(tokenizer, text.Shape.Context);

    /// <summary>Does the same where the options of <c>[text]</c> do not tell the context.</summary>
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

    public static void Mask(in IMasking masking, in PatchShape shape, in MaskNoise noise, out PatchMask mask)
    {
        using var constant = no_grad();
        mask = masking.Mask(noise.For(shape.Grid), shape.Grid);
    }

    public static void VisibleTokens(
        in Backbone backbone, in IMaskedBackbone encoder, in Images images, in PatchMask mask,
        in Maybe<ImageSelection> selection, in Maybe<PassNoise> noise, in BatchParts cut, out VisibleTokens tokens)
    {
        var own = NoisyEncoding.Of(noise, BackbonePass.Visible, backbone);
        tokens = selection.TryGet(out var selected)
            ? new(NoisyEncoding.Selected(backbone, encoder, images.Pixels, selected.Images, mask, own, cut),
                mask.Select(selected.Images))
            : new(NoisyEncoding.Visible(backbone, encoder, images.Pixels, mask, own, cut), mask);
    }

    public static void Decode(
        in Decoder decoder, in VisibleTokens tokens, in BatchParts cut, out PatchPrediction prediction)
    {
        var predictor = decoder;
        prediction = new(cut.Encode(predictor, parts => predictor.Predict(parts[0], parts[1]),
            tokens.Tokens, tokens.Mask.Restore), tokens.Mask);
    }
}
