namespace Rils.Analysis.Findings;

/// <summary>The changes that the factors of a sweep make to a metric, over the arms that have the same
/// factors.</summary>
/// <param name="Factors">The factors: one or more.</param>
/// <param name="Arms">The names of the arms.</param>
/// <param name="Effects">The effects; empty where an arm for some combination of levels is missing.</param>
public sealed record FactorComparison(
    IReadOnlyList<Factor> Factors, IReadOnlyList<string> Arms, IReadOnlyList<FactorEffect> Effects);
