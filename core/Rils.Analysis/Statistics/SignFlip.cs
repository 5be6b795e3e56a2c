using Rils.Contract;

namespace Rils.Analysis.Statistics;

/// <summary>The paired permutation test: if the arms were alike, each seed's difference could as well have the other
/// sign.</summary>
static class SignFlip
{
    /// <summary>The most pairs for which the test takes every pattern of signs; for more pairs the test draws
    /// patterns.</summary>
    public const int Enumerated = 16;

    const int Draws = 100_000;

    // Sums of the same numbers with other signs may differ by rounding.
    const double Rounding = 1e-12;

    /// <summary>The two-sided p: the share of the sign patterns whose sum is at least as far from 0 as the sum of the
    /// differences. The smallest p is 2 to the power of 1 - pairs.</summary>
    /// <returns>For drawn patterns (found + 1) / (drawn + 1), so that p is never 0; every run draws the same
    /// patterns.</returns>
    public static double P(IReadOnlyList<double> differences)
    {
        var far = Math.Abs(differences.Sum()) - Rounding * differences.Sum(Math.Abs);
        if (differences.Count > Enumerated) return Drawn(differences, far);
        var patterns = 1 << differences.Count;
        return (double)Enumerable.Range(0, patterns)
            .Count(pattern => Math.Abs(Sum(differences, (uint)pattern)) >= far) / patterns;
    }

    static double Drawn(IReadOnlyList<double> differences, double far)
    {
        var signs = RandomStream.Root(0).Fork("sign-flip").Draw();
        var found = 0;
        for (var draw = 0; draw < Draws; draw++)
        {
            var sum = 0.0;
            foreach (var part in differences.Chunk(32)) sum += Sum(part, signs.NextUInt32());
            if (Math.Abs(sum) >= far) found++;
        }
        return (found + 1.0) / (Draws + 1);
    }

    static double Sum(IReadOnlyList<double> differences, uint pattern)
    {
        var sum = 0.0;
        for (var i = 0; i < differences.Count; i++) sum += (pattern >> i & 1) == 0 ? differences[i] : -differences[i];
        return sum;
    }
}
