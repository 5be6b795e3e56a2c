using Rils.Contract;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Passes of backbones over batches, with the noise of those that take some: one more input with a row for
/// each sample, which is cut into parts and chunks as the others are.</summary>
static class NoisyEncoding
{
    /// <summary>The noise of a pass, <c>[batch, blocks, branches]</c>; null where the backbone takes none, or nobody
    /// made noise.</summary>
    public static Tensor? Of(Maybe<PassNoise> noise, BackbonePass pass, Backbone backbone) =>
        noise.TryGet(out var made) ? made.For(pass, backbone) : null;

    /// <summary>Encodes whole images.</summary>
    public static Tensor Images(
        Backbone module, ITokenBackbone encoder, Tensor pixels, Tensor? noise, BatchParts cut) => noise is null
        ? cut.Encode(module, parts => encoder.Encode(parts[0]), pixels)
        : cut.Encode(module, parts => Noisy(module).Encode(parts[0], parts[1]), pixels, noise);

    /// <summary>Encodes the visible patches of all images.</summary>
    public static Tensor Visible(Backbone module, IMaskedBackbone encoder, Tensor pixels, PatchMask mask, Tensor? noise,
        BatchParts cut) => noise is null
        ? cut.Encode(module, parts => encoder.EncodeVisible(parts[0], parts[1]), pixels, mask.Visible)
        : cut.Encode(module, parts => Noisy(module).EncodeVisible(parts[0], parts[1], parts[2]),
            pixels, mask.Visible, noise);

    /// <summary>Encodes the visible patches of some images. Each chunk copies its own selected pixels, and keeps no
    /// copy.</summary>
    /// <param name="module">The backbone.</param>
    /// <param name="encoder">The same backbone, by what it can.</param>
    /// <param name="pixels">The pixels of the whole batch.</param>
    /// <param name="selected">The images' numbers in the batch, int64 <c>[selected]</c>.</param>
    /// <param name="mask">The mask of the whole batch.</param>
    /// <param name="noise">The noise of the whole batch, of which each selected image takes its row.</param>
    /// <param name="cut">How the batch is cut.</param>
    public static Tensor Selected(
        Backbone module, IMaskedBackbone encoder, Tensor pixels, Tensor selected, PatchMask mask, Tensor? noise,
        BatchParts cut)
    {
        var visible = mask.Visible.index_select(0, selected);
        return noise is null
            ? cut.Encode(module, parts => encoder.EncodeVisible(pixels.index_select(0, parts[0]), parts[1]),
                selected, visible)
            : cut.Encode(module, parts => Noisy(module)
                .EncodeVisible(pixels.index_select(0, parts[0]), parts[1], parts[2]),
                selected, visible, noise.index_select(0, selected));
    }

    static INoisyBackbone Noisy(Backbone module) => (INoisyBackbone)module;
}
