using Rils.Analysis.Findings;

namespace Rils.Analysis.Statistics;

/// <summary>Tells differences that vary from differences that only rounding makes unequal.</summary>
static class Rounding
{
    const double Steps = 16, Double = 1.0 / (1L << 52), Single = 1.0 / (1 << 23);

    /// <summary>The reason why differences have no spread; null where they have one.</summary>
    /// <param name="differences">The differences, one or more.</param>
    /// <param name="subtracted">The numbers that were subtracted from each other: their size and precision decide how
    /// far rounding reaches.</param>
    public static Degenerate? Of(IReadOnlyList<double> differences, IReadOnlyList<double> subtracted)
    {
        var noise = Steps * Precision(subtracted) * subtracted.Max(Math.Abs);
        return differences.Max() - differences.Min() > noise ? null
            : differences.All(difference => Math.Abs(difference) <= noise)
                ? Degenerate.IdenticalOutcomes : Degenerate.ConstantDifference;
    }

    /// <summary>The relative step between neighbouring numbers; that of fp32 where a head computed fractions in
    /// fp32.</summary>
    static double Precision(IReadOnlyList<double> numbers) =>
        numbers.All(number => (float)number == number) && !numbers.All(double.IsInteger) ? Single : Double;
}
