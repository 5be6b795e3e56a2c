using System.ComponentModel;

namespace Rils.Contract;

/// <summary>A component of a sample: its captions, at least one. Training draws one of them in each step; an evaluation
/// sees them all.</summary>
/// <param name="Texts">The captions, in the order of the data.</param>
/// <param name="Weights">How often training draws each caption, relative to the others: at least 0, not all 0. Null
/// where training draws all alike.</param>
[DisplayName("caption")]
public sealed record Captions(IReadOnlyList<string> Texts, IReadOnlyList<double>? Weights = null)
{
    /// <summary>Makes a single caption.</summary>
    /// <param name="text">The caption.</param>
    public Captions(string text) : this([text])
    {
    }

    /// <summary>Says what is wrong with the captions; null where they can be used.</summary>
    internal string? Fault => Texts is null or { Count: 0 } ? "its list of captions is empty"
        : Weights is null ? null
        : Weights.Count != Texts.Count ? $"it has {Texts.Count} captions and {Weights.Count} weights"
        : Weights.Any(weight => !double.IsFinite(weight) || weight < 0) || Weights.Sum() <= 0
            ? $"its captions have the weights {string.Join(", ", Weights)}: they must be at least 0, and not all 0"
        : null;

    /// <summary>Draws a caption by weight. A single caption takes no draw.</summary>
    /// <param name="random">The stream of the sample's place in the step.</param>
    /// <returns>The caption.</returns>
    public string Draw(RandomStream random)
    {
        if (Texts.Count == 1) return Texts[0];
        if (Weights is null) return Texts[random.Draw().NextInt32(Texts.Count)];
        var rest = random.Draw().NextDouble() * Weights.Sum();
        // Rounding may leave a rest behind the last caption that has a weight.
        var chosen = Weights.Index().Last(caption => caption.Item > 0).Index;
        foreach (var (index, weight) in Weights.Index())
        {
            if (rest < weight) return Texts[index];
            rest -= weight;
        }
        return Texts[chosen];
    }
}
