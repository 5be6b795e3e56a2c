namespace Rils.Probes;

/// <summary>Ranks each sample's own class among all.</summary>
static class ClassRanks
{
    /// <summary>Counts the other classes whose score is not below that of the sample's own class, so ties and NaN count
    /// against the model.</summary>
    /// <param name="scores">The scores of all classes for sample 0, then for sample 1, and so on.</param>
    /// <param name="own">The place of each sample's class; -1 ranks behind all classes.</param>
    /// <param name="classes">Number of classes.</param>
    public static long[] Of(double[] scores, int[] own, int classes) =>
        [.. own.Select((place, sample) => place < 0 ? classes : Rank(scores.AsSpan(sample * classes, classes), place))];

    static int Rank(ReadOnlySpan<double> scores, int own)
    {
        var farther = 0;
        foreach (var score in scores)
            if (score < scores[own]) farther++;
        return scores.Length - 1 - farther;
    }
}
