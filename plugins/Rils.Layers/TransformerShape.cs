namespace Rils.Layers;

/// <summary>Checks of a transformer's dimensions that no attribute can state.</summary>
public static class TransformerShape
{
    /// <summary>Says what to change where the heads do not divide the width.</summary>
    /// <param name="slot">The table in the experiment, for the message: <c>backbone</c>.</param>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Attention heads.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    public static void RequireHeads(string slot, int width, int heads)
    {
        if (width % heads != 0)
            throw new ArgumentException($"[{slot}] width = {width} is not divisible by heads = {heads}; change one of them");
    }

    /// <summary>Says what to change where a table of fixed positions does not fit.</summary>
    /// <param name="slot">The table in the experiment, for the message.</param>
    /// <param name="width">Width of a token.</param>
    /// <exception cref="ArgumentException">The width is not divisible by 4.</exception>
    public static void RequirePositions(string slot, int width)
    {
        if (width % 4 != 0)
            throw new ArgumentException(
                $"[{slot}] width = {width} is not divisible by 4, which sine-cosine positions need; take {width / 4 * 4 + 4}");
    }
}
