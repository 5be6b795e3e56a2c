namespace Rils.Retrieval;

/// <summary>Recall at 1, 5 and 10 and what chance would score.</summary>
static class RetrievalMetrics
{
    static readonly int[] Depths = [1, 5, 10];
    const int ChanceDepth = 10;

    /// <summary><c>DIRECTION_r1</c>, <c>_r5</c>, <c>_r10</c>: the share of the queries whose best right answer is among the first so many;
    /// <c>DIRECTION_chance_r10</c>: the same at 10 for an order drawn at random.</summary>
    /// <param name="direction"><c>image_to_text</c> or <c>text_to_image</c>.</param>
    /// <param name="ranks">For each query the number of wrong answers before its best right one.</param>
    /// <param name="right">For each query the number of right answers.</param>
    /// <param name="gallery">How many answers there are.</param>
    public static IEnumerable<KeyValuePair<string, double>> Of(
        string direction, IReadOnlyList<long> ranks, IReadOnlyList<int> right, int gallery)
    {
        foreach (var depth in Depths) yield return new($"{direction}_r{depth}", ranks.Average(rank => rank < depth ? 1.0 : 0));
        yield return new($"{direction}_chance_r{ChanceDepth}", right.Average(answers => Chance(answers, gallery)));
    }

    /// <summary><c>DIRECTION_r1</c>, <c>_r5</c>, <c>_r10</c> of each query.</summary>
    public static SampleOutcomes Samples(string direction, IReadOnlyList<string> keys, IReadOnlyList<long> ranks) => new(keys,
        Depths.ToDictionary(depth => $"{direction}_r{depth}", IReadOnlyList<double> (depth) => [.. ranks.Select(rank => rank < depth ? 1.0 : 0)]));

    /// <summary>The probability that the first ten of a random order hold at least one of the right answers.</summary>
    static double Chance(int right, int gallery)
    {
        var none = 1.0;
        for (var drawn = 0; drawn < Math.Min(ChanceDepth, gallery); drawn++)
            none *= Math.Max(0, (double)(gallery - right - drawn) / (gallery - drawn));
        return 1 - none;
    }
}
