using System.Globalization;
using Rils.Analysis.Findings;
using Rils.Analysis.Statistics;

namespace Rils.Analysis.Factors;

/// <summary>Finds the effects of a design's factors on a metric, by Student's paired t over the seeds.</summary>
sealed class Effects
{
    readonly Design design;
    readonly double[][] values;
    readonly string[] references;

    /// <param name="design">The design, in which each combination of levels has one arm.</param>
    /// <param name="values">The metric for each arm of the design and each seed.</param>
    /// <param name="baseline">The arm whose levels are the references; where it is not in the design, the first levels
    /// are.</param>
    Effects(Design design, double[][] values, string baseline)
    {
        var own = design.Arms.FirstOrDefault(arm => arm.Name == baseline);
        (this.design, this.values) = (design, values);
        references = [.. design.Factors.Select(factor => own?.Factors[factor.Key] ?? factor.Levels[0])];
    }

    /// <inheritdoc cref="Effects(Design, double[][], string)"/>
    public static IReadOnlyList<FactorEffect> Of(Design design, double[][] values, string baseline)
    {
        var effects = new Effects(design, values, baseline);
        var places = Enumerable.Range(0, design.Factors.Count).ToArray();
        return
        [
            .. places.SelectMany(effects.OfLevels), .. places.SelectMany(effects.OfTrend),
            .. from first in places
               from second in places.Skip(first + 1)
               from effect in effects.OfPair(first, second)
               select effect,
        ];
    }

    IEnumerable<FactorEffect> OfLevels(int factor)
    {
        var others = Others(factor);
        return others.Select(level => Test(EffectKind.Level, [factor], [level], others.Length,
            [(1, Mean((factor, level))), (-1, Mean((factor, references[factor])))]));
    }

    /// <summary>The trend of three or more numbers: along the numbers, or along their logarithms where the largest is
    /// ten times the smallest or more.</summary>
    IEnumerable<FactorEffect> OfTrend(int factor)
    {
        var levels = design.Factors[factor].Levels;
        double[] numbers = [.. levels.Select(Number)];
        if (levels.Count < 3 || !numbers.All(double.IsFinite)) yield break;
        var (low, high) = (numbers.Min(), numbers.Max());
        double[] places = [.. numbers.Select(number => low > 0 && high >= 10 * low ? Math.Log(number) : number)];
        var center = places.Average();
        var spread = places.Sum(place => (place - center) * (place - center));
        yield return Test(EffectKind.Trend, [factor],
            [levels[Array.IndexOf(numbers, low)], levels[Array.IndexOf(numbers, high)]], 1,
            [.. levels.Zip(places, (level, place) =>
                ((place - center) / spread * (places.Max() - places.Min()), Mean((factor, level))))]);
    }

    static double Number(string level) =>
        double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    IEnumerable<FactorEffect> OfPair(int first, int second)
    {
        var (rows, columns) = (Others(first), Others(second));
        return from row in rows
               from column in columns
               select Test(EffectKind.Interaction, [first, second], [row, column], rows.Length * columns.Length,
               [
                   (1, Mean((first, row), (second, column))),
                   (-1, Mean((first, row), (second, references[second]))),
                   (-1, Mean((first, references[first]), (second, column))),
                   (1, Mean((first, references[first]), (second, references[second]))),
               ]);
    }

    string[] Others(int factor) => [.. design.Factors[factor].Levels.Where(level => level != references[factor])];

    /// <summary>The mean for each seed of the arms that have some levels.</summary>
    double[] Mean(params (int Factor, string Level)[] wanted)
    {
        double[][] own = [.. design.Arms.Zip(values)
            .Where(arm => wanted.All(one => arm.First.Factors[design.Factors[one.Factor].Key] == one.Level))
            .Select(arm => arm.Second)];
        return [.. Enumerable.Range(0, values[0].Length).Select(seed => own.Average(arm => arm[seed]))];
    }

    /// <summary>Tests a sum of weighted means over the seeds.</summary>
    FactorEffect Test(EffectKind kind, int[] factors, IReadOnlyList<string> levels, int together,
        IReadOnlyList<(double Weight, double[] Values)> parts)
    {
        double[] sums = [.. Enumerable.Range(0, values[0].Length)
            .Select(seed => parts.Sum(part => part.Weight * part.Values[seed]))];
        var isEnough = sums.Length >= Comparison.SeedsNeeded;
        var degenerate = sums.Length > 1 ? Rounding.Of(sums, [.. values.SelectMany(arm => arm)]) : null;
        var t = isEnough && degenerate is null ? PairedT.Of(sums) : null;
        var interval = t?.Interval(Comparison.Simultaneous(together));
        return new(kind, [.. factors.Select(factor => design.Factors[factor].Key)], levels, sums.Average(), interval,
            t?.P, degenerate, isEnough ? OverSeeds.Found(interval) : Finding.TooFewSeeds);
    }
}
