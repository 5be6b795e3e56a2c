namespace Rils.Probes;

/// <summary>Multinomial logistic regression on frozen features, its L2 penalty chosen on held-out training data (Radford et al. 2021, appendix A.3).</summary>
sealed class LinearHead(LinearOptions options, HeadContext context) : ProbeHead(options.Train, context)
{
    /// <inheritdoc/>
    protected override (long[] Ranks, IReadOnlyDictionary<string, double> Further) Judge(
        Labelled training, Labelled validation, ClassList classes)
    {
        var strength = Choose(training, classes);
        using var regression = Regression(training, classes);
        return (Ranks(regression, regression.Fit(strength), validation, classes), new Dictionary<string, double> { ["l2"] = strength });
    }

    /// <summary>Of the strengths that are right most often on held-out samples, the greatest.</summary>
    double Choose(Labelled training, ClassList classes)
    {
        double[] strengths = [.. options.L2.Distinct().OrderDescending()];
        if (strengths.Length == 1) return strengths[0];
        var (kept, held) = HeldOut.Split(training);
        if (held.Count == 0) throw Refusal("too few samples of each class of its training data to hold a fifth of them out; give one `l2`");
        var judged = training.At(held);
        using var regression = Regression(training.At(kept), classes);
        var (chosen, most, parameters) = (strengths[0], -1, (double[]?)null);
        foreach (var strength in strengths)
        {
            // From the last optimum, which lies near.
            parameters = regression.Fit(strength, parameters);
            var right = Ranks(regression, parameters, judged, classes).Count(rank => rank == 0);
            if (right > most) (chosen, most) = (strength, right);
        }
        return chosen;
    }

    static LogisticRegression Regression(Labelled training, ClassList classes) => new(training.Features, classes.PlacesOf(training.Classes), classes.Count);

    static long[] Ranks(LogisticRegression regression, double[] parameters, Labelled judged, ClassList classes) =>
        ClassRanks.Of(regression.Scores(parameters, judged.Features), classes.PlacesOf(judged.Classes), classes.Count);
}
