using Rils.Contract;
using Rils.Testing.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Testing.Checks;

/// <summary>The passes of each slot's modules, by the interfaces that a module implements.</summary>
static class Passes
{
    const int Samples = TinyBatch.Samples;

    public static IReadOnlyList<Pass> Of(Backbone backbone, ExperimentContext experiment)
    {
        var images = TinyBatch.Images(size: experiment.ImageSize);
        var width = backbone.Shape.Width;
        return
        [
            new("Features", [images], rows => backbone.Features(rows[0]), [Samples, width]),
            .. backbone is ITokenBackbone tokens ? OfTokens(tokens, images, width) : [],
            .. backbone is IMaskedBackbone masked ? OfVisible(masked, images, width) : [],
            .. backbone is INoisyBackbone { Noise: { } noise } noisy
                ? OfNoise(noisy, backbone as ITokenBackbone, noise, images, width) : [],
            .. backbone is IFeatureMaps maps ? OfMaps(maps, images, experiment.ImageSize) : [],
        ];
    }

    static IEnumerable<Pass> OfTokens(ITokenBackbone backbone, Tensor images, int width)
    {
        var count = backbone.Patches.Prefix + backbone.Patches.Grid.Count;
        yield return new("Encode", [images], rows => backbone.Encode(rows[0]), [Samples, count, width]);
        yield return new("Pool", [TinyBatch.Normal("tokens", Samples, count, width)], rows => backbone.Pool(rows[0]),
            [Samples, width]) { TakesFeatures = true };
    }

    static IEnumerable<Pass> OfVisible(IMaskedBackbone backbone, Tensor images, int width)
    {
        var visible = Visible(backbone.Patches);
        yield return new("EncodeVisible", [images, visible], rows => backbone.EncodeVisible(rows[0], rows[1]),
            [Samples, backbone.Patches.Prefix + visible.shape[1], width]);
    }

    static IEnumerable<Pass> OfNoise(
        INoisyBackbone backbone, ITokenBackbone? tokens, NoiseShape shape, Tensor images, int width)
    {
        if (tokens is null) yield break;
        var noise = TinyBatch.Noise(Samples, shape.Blocks, shape.Branches);
        var (patches, visible) = (tokens.Patches, Visible(tokens.Patches));
        yield return new("Encode with noise", [images, noise], rows => backbone.Encode(rows[0], rows[1]),
            [Samples, patches.Prefix + patches.Grid.Count, width]);
        yield return new("EncodeVisible with noise", [images, visible, noise],
            rows => backbone.EncodeVisible(rows[0], rows[1], rows[2]),
            [Samples, patches.Prefix + visible.shape[1], width]);
    }

    static IEnumerable<Pass> OfMaps(IFeatureMaps backbone, Tensor images, int size) =>
        backbone.Maps.Select((map, place) => new Pass($"EncodeMaps, map {place}", [images],
            rows => backbone.EncodeMaps(rows[0])[place],
            [Samples, map.Width, Side(size, map.Stride), Side(size, map.Stride)]));

    static int Side(int size, int stride) => (size + stride - 1) / stride;

    /// <summary>The numbers of the visible patches, int64 <c>[samples, half of the patches, rounded up]</c>.</summary>
    static Tensor Visible(PatchShape patches)
    {
        var count = patches.Grid.Count;
        return PatchMask.KeepSmallest(TinyBatch.Noise(Samples, count), (count + 1) / 2).Visible.contiguous();
    }

    public static IReadOnlyList<Pass> Of(TextEncoder text, ExperimentContext experiment)
    {
        var ids = TinyBatch.Tokens(text.Shape.Context, vocabulary: experiment.VocabularySize);
        return [new("Encode", [ids], rows => text.Encode(rows[0]), [Samples, text.Shape.Width])];
    }

    public static IReadOnlyList<Pass> Of(SharedSpace space, SpaceContext sizes)
    {
        Pass images = new("ProjectImages", [TinyBatch.Normal("images", Samples, sizes.Backbone.Width)],
            rows => space.ProjectImages(rows[0]), [Samples, space.Dimensions]) { TakesFeatures = true };
        return sizes.Text is not { } text ? [images] :
        [
            images,
            new("ProjectTexts", [TinyBatch.Normal("texts", Samples, text.Width)],
                rows => space.ProjectTexts(rows[0]), [Samples, space.Dimensions]) { TakesFeatures = true },
        ];
    }

    public static IReadOnlyList<Pass> Of(Decoder decoder, DecoderContext sizes)
    {
        var patches = sizes.Patches.Grid.Count;
        var visible = (patches + 1) / 2;
        var tokens = TinyBatch.Normal("tokens", Samples, sizes.Patches.Prefix + visible, sizes.Backbone.Width);
        var restore = PatchMask.KeepSmallest(TinyBatch.Noise(Samples, patches), visible).Restore;
        return
        [
            new("Predict", [tokens, restore], rows => decoder.Predict(rows[0], rows[1]),
                [Samples, sizes.Patches.Prefix + patches, sizes.Target.Width]) { TakesFeatures = true },
        ];
    }
}
