using Rils.Contract;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Groups captions of about the same length, so that the encoder takes each group with little padding: most
/// captions are far shorter than the longest, and padding costs time without changing any output.</summary>
/// <param name="Groups">The groups in the order of their lengths: the number of captions in each, and the number of
/// tokens that each caption of the group has with its padding.</param>
/// <param name="Context">The most tokens that the encoder takes; the encoder itself cuts longer captions.</param>
sealed record CaptionGroups(IReadOnlyList<(int Count, int Tokens)> Groups, int Context)
{
    /// <summary>The least captions of a group, where the part of the batch has several groups: the matrix products of a
    /// smaller group are not worth starting.</summary>
    const int Least = 8;

    /// <summary>The most groups of a part of the batch.</summary>
    const int Most = 4;

    /// <summary>A group's number of tokens is a multiple of this number, or the whole context: oneDNN compiles its
    /// kernels again for every shape, so few shapes are better.</summary>
    const int Step = 4;

    /// <summary>Forms groups of equally many captions on a CPU, and one group of all captions on CUDA: each group
    /// starts all kernels of a pass again, which costs more on CUDA than padding does.</summary>
    /// <param name="tokens">int64 <c>[captions, context]</c>.</param>
    /// <param name="lengths">The number of tokens of each caption: int64 <c>[captions]</c>, on the CPU.</param>
    /// <param name="context">The most tokens that the encoder takes; longer captions count as this long.</param>
    public static CaptionGroups Of(Tensor tokens, Tensor lengths, int context) => Of(
        [.. lengths.data<long>().Select(length => (int)length)], context,
        tokens.device_type == DeviceType.CPU ? Most : 1);

    /// <summary>Forms groups of equally many captions.</summary>
    /// <param name="lengths">The number of tokens of each caption.</param>
    /// <param name="context">The most tokens that the encoder takes; longer captions count as this long.</param>
    /// <param name="most">The most groups.</param>
    public static CaptionGroups Of(IReadOnlyList<int> lengths, int context, int most = Most)
    {
        int[] sorted = [.. lengths.Select(length => Math.Min(length, context)).Order()];
        var count = Math.Clamp(sorted.Length / Least, 1, most);
        int Start(int group) => sorted.Length * group / count;
        int Padded(int length) => Math.Min(context, (length + Step - 1) / Step * Step);
        (int, int) Group(int group) => (Start(group + 1) - Start(group), Padded(sorted[Start(group + 1) - 1]));
        return new([.. Enumerable.Range(0, count).Select(Group)], context);
    }

    /// <summary>Averages a value, such as the cost of encoding a caption, over the captions of a step.</summary>
    /// <param name="sizes">The captions' lengths, and the number of parts in which they were grouped.</param>
    /// <param name="context">The most tokens that the encoder takes.</param>
    /// <param name="ofTokens">Gets a caption's number of tokens with its padding; returns the caption's value.</param>
    /// <returns>The mean over all captions.</returns>
    public static double Mean(PassSizes sizes, int context, Func<int, double> ofTokens)
    {
        var captions = sizes.CaptionLengths;
        CaptionGroups[] parts = sizes.CaptionParts is { } count
            ? [.. captions.Chunk(captions.Count / count).Select(part => Of(part, context))]
            : [Of(captions, context, 1)];
        var groups = parts.SelectMany(part => part.Groups);
        return groups.Sum(group => group.Count * ofTokens(group.Tokens)) / captions.Count;
    }

    /// <summary>Encodes each group with no more padding than the group needs. The device sorts the captions, so the
    /// host does not wait for the device.</summary>
    /// <param name="tokens">int64 <c>[captions, context]</c>.</param>
    /// <param name="encode">Gets tokens <c>[captions, tokens]</c>; returns <c>[captions, width]</c>.</param>
    /// <returns><c>[captions, width]</c>, in the batch's order. All other tensors of the pass stay in the caller's
    /// dispose scope, since the backward pass needs them.</returns>
    public Tensor Encode(Tensor tokens, Func<Tensor, Tensor> encode)
    {
        if (Groups is [var (_, all)]) return encode(Narrow(tokens, all));
        // The end-of-text token has the largest id.
        var order = tokens.argmax(1).clamp_max(Constant.Of(Context - 1)).sort(0, stable: true).Indices;
        var sorted = tokens.index_select(0, order);
        var start = 0;
        List<Tensor> rows = [];
        foreach (var (count, length) in Groups)
        {
            rows.Add(encode(Narrow(sorted.narrow(0, start, count), length)));
            start += count;
        }
        return cat(rows).index_select(0, order.argsort());
    }

    // A caption longer than the context passes whole, with its end-of-text token, which the encoder puts in its last
    // place.
    Tensor Narrow(Tensor tokens, int length) => length < Context ? tokens.narrow(1, 0, length) : tokens;
}
