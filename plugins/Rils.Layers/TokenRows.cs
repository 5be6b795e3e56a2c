using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>Picks tokens of each sequence by number.</summary>
public static class TokenRows
{
    /// <summary>Gathers whole rows, in the order of the numbers.</summary>
    /// <param name="tokens"><c>[batch, tokens, width]</c>; contiguous ones are not copied.</param>
    /// <param name="numbers">int64 <c>[batch, picked]</c>.</param>
    /// <returns><c>[batch, picked, width]</c>.</returns>
    public static Tensor Pick(Tensor tokens, Tensor numbers)
    {
        var (batch, count, width) = (tokens.shape[0], tokens.shape[1], tokens.shape[2]);
        var first = arange(0, batch * count, count, ScalarType.Int64, numbers.device).unsqueeze(1);
        // Over flat rows an index copies memory; gather() along dimension 1 would look up every element.
        var rows = tokens.reshape(batch * count, width).index_select(0, (numbers + first).flatten());
        return rows.view(batch, numbers.shape[1], width);
    }
}
