namespace Rils.Retrieval;

/// <summary>The recall at 10 of a random order.</summary>
static class ChanceRate
{
    const int Depth = 10;

    /// <summary>The mean over queries of the probability that the first ten answers hold a right one.</summary>
    /// <param name="right">For each query, the number of right answers.</param>
    /// <param name="gallery">The number of answers.</param>
    public static double Of(IEnumerable<int> right, int gallery) => right.Average(answers => Chance(answers, gallery));

    static double Chance(int right, int gallery)
    {
        var none = 1.0;
        for (var drawn = 0; drawn < Math.Min(Depth, gallery); drawn++)
            none *= Math.Max(0, (double)(gallery - right - drawn) / (gallery - drawn));
        return 1 - none;
    }
}
