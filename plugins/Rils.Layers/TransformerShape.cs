using System.ComponentModel.DataAnnotations;

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
        if (HeadsMistake(width, heads) is { } mistake) throw new ArgumentException($"[{slot}] {mistake}");
    }

    /// <summary>Says what to change where a table of fixed positions does not fit.</summary>
    /// <param name="slot">The table in the experiment, for the message.</param>
    /// <param name="width">Width of a token.</param>
    /// <exception cref="ArgumentException">The width is not divisible by 4.</exception>
    public static void RequirePositions(string slot, int width)
    {
        if (PositionsMistake(width) is { } mistake) throw new ArgumentException($"[{slot}] {mistake}");
    }

    /// <summary>The same for options whose width and heads are known before a model is made: told with the other mistakes of a file.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Attention heads.</param>
    /// <param name="hasFixedPositions">Whether the width must be divisible by 4.</param>
    public static IEnumerable<ValidationResult> Mistakes(int width, int heads, bool hasFixedPositions)
    {
        if (HeadsMistake(width, heads) is { } uneven) yield return new(uneven, ["Heads", "Width"]);
        else if (hasFixedPositions && PositionsMistake(width) is { } unfit) yield return new(unfit, ["Width"]);
    }

    static string? HeadsMistake(int width, int heads) =>
        width % heads == 0 ? null : $"width = {width} is not divisible by heads = {heads}; change one of them: a width of {Multiple(width, heads * 4)} fits";

    static string? PositionsMistake(int width) =>
        width % 4 == 0 ? null : $"width = {width} is not divisible by 4, which sine-cosine positions need; take {Multiple(width, 4)}";

    // The next one up.
    static long Multiple(int width, long of) => (width / of + 1) * of;
}
