using Rils.Analysis.Findings;

namespace Rils.Analysis.Statistics;

/// <summary>The mean of a table of seeds by samples, where seeds and samples are both drawn at random: each value is a
/// mean, plus a part of its seed, a part of its sample, and a rest.</summary>
/// <param name="Mean">The mean of the table.</param>
/// <param name="Seeds">The number of seeds.</param>
/// <param name="Samples">The number of samples.</param>
/// <param name="SeedSquare">The mean square between seeds.</param>
/// <param name="SampleSquare">The mean square between samples.</param>
/// <param name="RestSquare">The mean square of the rest.</param>
sealed record Crossed(
    double Mean, int Seeds, int Samples, double SeedSquare, double SampleSquare, double RestSquare)
{
    /// <param name="values">The values [seeds, samples], two or more of each.</param>
    public static Crossed Of(double[][] values)
    {
        var (seeds, samples) = (values.Length, values[0].Length);
        var ofSeeds = values.Select(seed => seed.Average()).ToArray();
        var ofSamples = new double[samples];
        foreach (var seed in values)
            for (var sample = 0; sample < samples; sample++) ofSamples[sample] += seed[sample] / seeds;
        var mean = ofSeeds.Average();
        var rest = 0.0;
        for (var seed = 0; seed < seeds; seed++)
            for (var sample = 0; sample < samples; sample++)
                rest += Square(values[seed][sample] - ofSeeds[seed] - ofSamples[sample] + mean);
        return new(mean, seeds, samples,
            samples * ofSeeds.Sum(one => Square(one - mean)) / (seeds - 1),
            seeds * ofSamples.Sum(one => Square(one - mean)) / (samples - 1),
            rest / ((seeds - 1) * (samples - 1)));
    }

    /// <summary>The components of variance. An estimate below 0 is cut to 0.</summary>
    public VarianceComponents Components
    {
        get
        {
            var seed = Math.Max(0, (SeedSquare - RestSquare) / Samples);
            var sample = Math.Max(0, (SampleSquare - RestSquare) / Seeds);
            return new(seed, sample, RestSquare,
                seed / Seeds + sample / Samples + RestSquare / ((double)Seeds * Samples));
        }
    }

    /// <summary>The degrees of freedom of the mean's variance by Satterthwaite (1946); those of a single mean square
    /// where a component is cut to 0.</summary>
    public double Freedom
    {
        get
        {
            double ofSeeds = Seeds - 1, ofSamples = Samples - 1;
            return (SeedSquare > RestSquare, SampleSquare > RestSquare) switch
            {
                (true, true) => Square(SeedSquare + SampleSquare - RestSquare) / (Square(SeedSquare) / ofSeeds
                    + Square(SampleSquare) / ofSamples + Square(RestSquare) / (ofSeeds * ofSamples)),
                (true, false) => ofSeeds,
                (false, true) => ofSamples,
                (false, false) => ofSeeds * ofSamples,
            };
        }
    }

    /// <summary>The interval of the mean over other seeds and other samples.</summary>
    /// <param name="level">The confidence, above 0 and below 1.</param>
    public Interval Interval(double level)
    {
        var reach = Student.Reach(level, Freedom) * Math.Sqrt(Components.OfMean);
        return new(Mean - reach, Mean + reach);
    }

    static double Square(double value) => value * value;
}
