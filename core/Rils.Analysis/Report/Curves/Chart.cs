namespace Rils.Analysis.Report.Curves;

/// <summary>The arms' curves of one number.</summary>
/// <param name="Title">The name of the number.</param>
/// <param name="Steps">The steps of the points, in rising order: training steps, or the steps done before an
/// evaluation.</param>
/// <param name="Curves">The curves of the arms that have the number.</param>
/// <param name="Chance">The score of a guess; null where it is not known.</param>
/// <param name="StepsPerPoint">The number of steps whose mean is a point.</param>
sealed record Chart(
    string Title, IReadOnlyList<long> Steps, IReadOnlyList<Curve> Curves, double? Chance = null,
    long StepsPerPoint = 1);
