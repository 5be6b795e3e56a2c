using static TorchSharp.torch;

namespace Rils.Contract;

/// <summary>Token ids as a tensor.</summary>
public static class TokenBatch
{
    /// <summary>Pads with zeros: int64 <c>[texts, context]</c> on the CPU.</summary>
    public static Tensor Pad(IReadOnlyList<int[]> texts, int context)
    {
        var ids = new long[texts.Count * context];
        for (var row = 0; row < texts.Count; row++)
            for (var column = 0; column < texts[row].Length; column++)
                ids[row * context + column] = texts[row][column];
        return tensor(ids, [texts.Count, context], ScalarType.Int64);
    }
}
