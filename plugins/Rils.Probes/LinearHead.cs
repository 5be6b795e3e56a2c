namespace Rils.Probes;

/// <summary>Multinomial logistic regression on frozen features. Held-out training data choose its L2 penalty (Radford
/// et al. 2021, appendix A.3).</summary>
sealed class LinearHead(LinearOptions options, HeadContext context) : ProbeHead(options.Train, options.Layer, context)
{
    /// <inheritdoc/>
    protected override (long[] Ranks, IReadOnlyDictionary<string, HeadMetric> Further) Judge(
        Labelled training, Labelled validation, ClassList classes)
    {
        var strength = Choose(training, classes);
        using var regression = Regression(training, classes);
        var ranks = Ranks(regression, regression.Fit(strength), validation, classes);
        HeadMetric chosen = new(strength) { Reading = MetricReading.Neither };
        return (ranks, new Dictionary<string, HeadMetric> { ["l2"] = chosen });
    }

    /// <summary>Chooses the strength with the most right answers on held-out samples; the greatest of those that
    /// tie.</summary>
    double Choose(Labelled training, ClassList classes)
    {
        double[] strengths = [.. options.L2.Distinct().OrderDescending()];
        if (strengths.Length == 1) return strengths[0];
        var (kept, held) = HeldOut.Split(training);
        if (held.Count == 0)
            throw Refusal("too few samples of each class of its training data to hold a fifth of them out; "
                + "give one `l2`");
        var judged = training.At(held);
        using var regression = Regression(training.At(kept), classes);
        var (chosen, most, parameters) = (strengths[0], -1, (double[]?)null);
        foreach (var strength in strengths)
        {
            // Starts from the optimum of the last strength, which lies near.
            parameters = regression.Fit(strength, parameters);
            var right = Ranks(regression, parameters, judged, classes).Count(rank => rank == 0);
            if (right > most) (chosen, most) = (strength, right);
        }
        return chosen;
    }

    static LogisticRegression Regression(Labelled training, ClassList classes) =>
        new(training.Features, classes.PlacesOf(training.Classes), classes.Count);

    static long[] Ranks(LogisticRegression regression, double[] parameters, Labelled judged, ClassList classes) =>
        ClassRanks.Of(regression.Scores(parameters, judged.Features), classes.PlacesOf(judged.Classes), classes.Count);
}
