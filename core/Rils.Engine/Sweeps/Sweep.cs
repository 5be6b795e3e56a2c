namespace Rils.Engine.Sweeps;

/// <summary>The runs that the <c>[sweep]</c> of a file makes.</summary>
/// <param name="Name">The experiment's name.</param>
/// <param name="Points">The number of combinations of values.</param>
/// <param name="Keys">The swept keys, as <c>--set</c> takes them.</param>
/// <param name="Runs">The runs; at least one.</param>
public sealed record Sweep(string Name, int Points, IReadOnlyList<string> Keys, IReadOnlyList<SweepRun> Runs)
{
    /// <summary>The number of arms in all runs.</summary>
    public int Arms => Runs.Sum(run => run.Arms.Count);
}
