using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Captions of about the same length, encoded together: most are far shorter than the longest, and padding is work for nothing.</summary>
/// <param name="Groups">By length: how many captions are in each, and how many tokens each of them has with its padding.</param>
/// <param name="Context">The most tokens that the encoder takes; it cuts longer captions itself.</param>
sealed record CaptionGroups(IReadOnlyList<(int Count, int Tokens)> Groups, int Context)
{
    /// <summary>Captions that a group should have, so that its products are worth starting. Groups are made within a
    /// part of the batch.</summary>
    const int Least = 8;

    const int Most = 4;

    /// <summary>Tokens in steps: oneDNN compiles its kernels anew for every shape.</summary>
    const int Step = 4;

    /// <summary>Groups of equally many captions on a CPU. On CUDA one: each group starts all kernels of a pass again,
    /// which costs more there than padding.</summary>
    /// <param name="tokens">int64 <c>[captions, context]</c>.</param>
    /// <param name="lengths">Tokens of each caption: int64 <c>[captions]</c>, on the CPU.</param>
    /// <param name="context">The most that the encoder takes: for it all longer ones are as long.</param>
    public static CaptionGroups Of(Tensor tokens, Tensor lengths, int context) => Of(
        [.. lengths.data<long>().Select(length => (int)length)], context,
        tokens.device_type == DeviceType.CPU ? Most : 1);

    /// <summary>Groups of equally many captions.</summary>
    /// <param name="lengths">Tokens of each caption.</param>
    /// <param name="context">The most that the encoder takes.</param>
    /// <param name="most">Groups at most.</param>
    public static CaptionGroups Of(IReadOnlyList<int> lengths, int context, int most = Most)
    {
        int[] sorted = [.. lengths.Select(length => Math.Min(length, context)).Order()];
        var count = Math.Clamp(sorted.Length / Least, 1, most);
        int Start(int group) => sorted.Length * group / count;
        int Padded(int length) => Math.Min(context, (length + Step - 1) / Step * Step);
        return new([.. Enumerable.Range(0, count).Select(group => (Start(group + 1) - Start(group), Padded(sorted[Start(group + 1) - 1])))], context);
    }

    /// <summary>Something of a caption by its tokens, the mean over the captions of a step.</summary>
    /// <param name="sizes">Has the captions' lengths, and how they were cut.</param>
    /// <param name="context">The most tokens that the encoder takes.</param>
    /// <param name="ofTokens">The value of a caption, from its tokens with their padding.</param>
    public static double Mean(PassSizes sizes, int context, Func<int, double> ofTokens)
    {
        var captions = sizes.CaptionLengths;
        CaptionGroups[] parts = sizes.CaptionParts is { } count
            ? [.. captions.Chunk(captions.Count / count).Select(part => Of(part, context))]
            : [Of(captions, context, 1)];
        var groups = parts.SelectMany(part => part.Groups);
        return groups.Sum(group => group.Count * ofTokens(group.Tokens)) / captions.Count;
    }

    /// <summary>Encodes each group with no more padding than it needs. Nothing waits for the device: it sorts the captions itself.</summary>
    /// <param name="tokens">int64 <c>[captions, context]</c>.</param>
    /// <param name="encode">From tokens to a row for each caption.</param>
    /// <returns>A row for each caption, in the batch's order. Whatever else is made stays in the caller's scope, for the backward pass.</returns>
    public Tensor Encode(Tensor tokens, Func<Tensor, Tensor> encode)
    {
        if (Groups is [var (_, all)]) return encode(Narrow(tokens, all));
        // The end-of-text token has the largest id.
        var order = tokens.argmax(1).clamp_max(Context - 1).sort(0, stable: true).Indices;
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

    // What is longer than the context keeps its end-of-text token, which the encoder puts in its last place.
    Tensor Narrow(Tensor tokens, int length) => length < Context ? tokens.narrow(1, 0, length) : tokens;
}
