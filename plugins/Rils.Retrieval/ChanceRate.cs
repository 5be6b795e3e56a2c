namespace Rils.Retrieval;

/// <summary>The recall of a random order.</summary>
static class ChanceRate
{
    /// <summary>The mean over queries of the probability that the first answers hold a right one.</summary>
    /// <param name="depth">How many of the first answers count.</param>
    /// <param name="right">For each query, the number of right answers.</param>
    /// <param name="gallery">The number of answers.</param>
    public static double Of(int depth, IEnumerable<int> right, int gallery) =>
        right.Average(answers => Chance(depth, answers, gallery));

    static double Chance(int depth, int right, int gallery)
    {
        var none = 1.0;
        for (var drawn = 0; drawn < Math.Min(depth, gallery); drawn++)
            none *= Math.Max(0, (double)(gallery - right - drawn) / (gallery - drawn));
        return 1 - none;
    }
}
