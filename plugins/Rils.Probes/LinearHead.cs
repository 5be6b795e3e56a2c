namespace Rils.Probes;

/// <summary>Multinomial logistic regression on frozen features, its L2 penalty chosen on held-out training data (Radford et al. 2021, appendix A.3).</summary>
sealed class LinearHead(LinearOptions options, HeadContext context) : ProbeHead(options.Train, context)
{
    /// <inheritdoc/>
    protected override Dictionary<string, double> Judge(Labelled training, Labelled validation, ClassList classes)
    {
        var strength = Choose(training, classes);
        var metrics = ClassMetrics.Of(Ranks(training, validation, classes, strength), validation, classes.Count, training.Keys.Count);
        metrics["l2"] = strength;
        return metrics;
    }

    /// <summary>Of the strengths that are right most often on held-out samples, the greatest.</summary>
    double Choose(Labelled training, ClassList classes)
    {
        double[] strengths = [.. options.L2.Distinct().OrderDescending()];
        if (strengths.Length == 1) return strengths[0];
        var (kept, held) = HeldOut.Split(training);
        if (held.Count == 0) throw Refusal("too few samples of each class of its training data to hold a fifth of them out; give one `l2`");
        var (learned, judged) = (training.At(kept), training.At(held));
        return strengths.MaxBy(strength => Ranks(learned, judged, classes, strength).Count(rank => rank == 0));
    }

    static int[] Ranks(Labelled training, Labelled judged, ClassList classes, double strength)
    {
        using var regression = new LogisticRegression(training.Features, classes.PlacesOf(training.Classes), classes.Count, strength);
        return ClassRanks.Of(regression.Scores(regression.Fit(), judged.Features), classes.PlacesOf(judged.Classes), classes.Count);
    }
}
