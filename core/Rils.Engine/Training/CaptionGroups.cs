using Rils.Abstractions;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Captions of about the same length, encoded together: most are a fifth as long as the longest, and padding is work for nothing.</summary>
/// <param name="Order">The captions' places in the batch, by length.</param>
/// <param name="Groups">How many captions of that order are in each, and how many tokens each of them has with its padding.</param>
/// <param name="Context">The most tokens that the encoder takes; it cuts longer captions itself.</param>
sealed record CaptionGroups(IReadOnlyList<long> Order, IReadOnlyList<(int Count, int Tokens)> Groups, int Context)
{
    /// <summary>Captions that a group should have, so that its products are worth starting.</summary>
    const int Least = 32;

    const int Most = 4;

    /// <summary>Tokens in steps: oneDNN compiles its kernels anew for every shape.</summary>
    const int Step = 4;

    /// <summary>Groups of equally many captions.</summary>
    /// <param name="lengths">Tokens of each.</param>
    /// <param name="context">The most that the encoder takes: for it all longer ones are as long.</param>
    public static CaptionGroups Of(IReadOnlyList<int> lengths, int context)
    {
        int Tokens(int place) => Math.Min(context, (lengths[place] + Step - 1) / Step * Step);
        int[] order = [.. Enumerable.Range(0, lengths.Count).OrderBy(Tokens)];
        var count = Math.Clamp(lengths.Count / Least, 1, Most);
        int Start(int group) => lengths.Count * group / count;
        return new([.. order.Select(place => (long)place)],
            [.. Enumerable.Range(0, count).Select(group => (Start(group + 1) - Start(group), Tokens(order[Start(group + 1) - 1])))], context);
    }

    /// <summary>Something of a caption by its tokens, the mean over the captions.</summary>
    public double Mean(Func<int, double> ofTokens) => Groups.Sum(group => group.Count * ofTokens(group.Tokens)) / Order.Count;

    /// <summary>Encodes each group with no more padding than it needs.</summary>
    /// <param name="tokens">int64 <c>[captions, context]</c>.</param>
    /// <param name="encode">From tokens to a row for each caption.</param>
    /// <returns>A row for each caption, in the batch's order. Whatever else is made stays in the caller's scope, for the backward pass.</returns>
    public Tensor Encode(Tensor tokens, Func<Tensor, Tensor> encode)
    {
        if (Groups is [var (_, all)]) return encode(Narrow(tokens, all));
        var sorted = tokens.index_select(0, Indices(Order, tokens.device));
        var start = 0;
        List<Tensor> rows = [];
        foreach (var (count, length) in Groups)
        {
            rows.Add(encode(Narrow(sorted.narrow(0, start, count), length)));
            start += count;
        }
        var back = new long[Order.Count];
        for (var place = 0; place < back.Length; place++) back[Order[place]] = place;
        return cat(rows).index_select(0, Indices(back, tokens.device));
    }

    // What is longer than the context keeps its end-of-text token, which the encoder puts in its last place.
    Tensor Narrow(Tensor tokens, int length) => length < Context ? tokens.narrow(1, 0, length) : tokens;

    static Tensor Indices(IReadOnlyList<long> places, Device device) => tensor([.. places], ScalarType.Int64, device);
}
