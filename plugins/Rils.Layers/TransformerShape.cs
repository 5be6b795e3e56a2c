using System.ComponentModel.DataAnnotations;

namespace Rils.Layers;

/// <summary>Checks a transformer's dimensions for rules that no attribute can state.</summary>
public static class TransformerShape
{
    /// <summary>Throws where the heads do not divide the width.</summary>
    /// <param name="slot">The table in the experiment, for the message: <c>backbone</c>.</param>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Attention heads.</param>
    /// <exception cref="ArgumentException">The heads do not divide the width; the message says what to
    /// change.</exception>
    public static void RequireHeads(string slot, int width, int heads)
    {
        if (HeadsMistake(width, heads) is { } mistake) throw new ArgumentException($"[{slot}] {mistake}");
    }

    /// <summary>Throws where the width does not suit fixed sine-cosine positions.</summary>
    /// <param name="slot">The table in the experiment, for the message.</param>
    /// <param name="width">Width of a token.</param>
    /// <exception cref="ArgumentException">The width is not divisible by 4; the message says what to
    /// change.</exception>
    public static void RequirePositions(string slot, int width)
    {
        if (PositionsMistake(width) is { } mistake) throw new ArgumentException($"[{slot}] {mistake}");
    }

    /// <summary>Makes the same checks of an options record, before a model is made, so that a file's other mistakes are
    /// reported beside these.</summary>
    /// <param name="width">Width of a token.</param>
    /// <param name="heads">Attention heads.</param>
    /// <param name="hasFixedPositions">Whether the width must be divisible by 4.</param>
    public static IEnumerable<ValidationResult> Mistakes(int width, int heads, bool hasFixedPositions)
    {
        if (HeadsMistake(width, heads) is { } uneven) yield return new(uneven, ["Heads", "Width"]);
        else if (hasFixedPositions && PositionsMistake(width) is { } unfit) yield return new(unfit, ["Width"]);
    }

    static string? HeadsMistake(int width, int heads) => width % heads == 0 ? null
        : $"width = {width} is not divisible by heads = {heads}; change one of them: "
            + $"a width of {Multiple(width, heads * 4)} fits";

    static string? PositionsMistake(int width) => width % 4 == 0 ? null
        : $"width = {width} is not divisible by 4, which sine-cosine positions need; take {Multiple(width, 4)}";

    // The next multiple above the width.
    static long Multiple(int width, long of) => (width / of + 1) * of;
}
