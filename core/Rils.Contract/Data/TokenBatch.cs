using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Token ids as a tensor.</summary>
public static class TokenBatch
{
    /// <summary>Joins the ids of several texts, and fills each row with zeros.</summary>
    /// <param name="texts">The token ids of each text, at most <paramref name="context"/> of them.</param>
    /// <param name="context">The length of a row, in tokens.</param>
    /// <returns>int64 <c>[texts, context]</c> on the CPU.</returns>
    public static Tensor Pad(IReadOnlyList<int[]> texts, int context)
    {
        var ids = new long[texts.Count * context];
        for (var row = 0; row < texts.Count; row++)
            for (var column = 0; column < texts[row].Length; column++)
                ids[row * context + column] = texts[row][column];
        return tensor(ids, [texts.Count, context], ScalarType.Int64);
    }
}
