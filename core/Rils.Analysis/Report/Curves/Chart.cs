namespace Rils.Analysis.Report.Curves;

/// <summary>The arms' curves of one number.</summary>
/// <param name="Title">Its name.</param>
/// <param name="Steps">In rising order; of the training, or done before an evaluation.</param>
/// <param name="Curves">Of the arms that have the number.</param>
/// <param name="Chance">What a guess would give; null where that is not known.</param>
/// <param name="StepsPerPoint">More than 1 where points are means of so many steps.</param>
sealed record Chart(string Title, IReadOnlyList<long> Steps, IReadOnlyList<Curve> Curves, double? Chance = null, long StepsPerPoint = 1);
