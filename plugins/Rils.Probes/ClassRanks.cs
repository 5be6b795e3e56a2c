namespace Rils.Probes;

/// <summary>Ranks of the right classes.</summary>
static class ClassRanks
{
    /// <summary>The number of other classes whose score is not below the own class's, so that ties and NaN count against the model.</summary>
    /// <param name="scores">For each sample the scores of all classes, one sample after the other.</param>
    /// <param name="own">For each sample the place of its class; -1 ranks behind all.</param>
    /// <param name="classes">How many there are.</param>
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
