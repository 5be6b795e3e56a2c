namespace Rils.Analysis.Power;

/// <summary>A difference that an experiment wants to find, and how many seeds that takes. The numbers of seeds are null
/// where they exceed <see cref="SeedPower.MostSeeds"/>.</summary>
/// <param name="Arm">The arm whose seen difference is sought; null for the experiment's margin.</param>
/// <param name="Difference">The difference, in the metric's unit.</param>
/// <param name="Seeds">The seeds needed, if the standard deviation is the one of the run.</param>
/// <param name="Fewest">The seeds needed at the lower end of the standard deviation's interval.</param>
/// <param name="Most">The seeds needed at the upper end.</param>
public sealed record SoughtDifference(string? Arm, double Difference, int? Seeds, int? Fewest, int? Most);
