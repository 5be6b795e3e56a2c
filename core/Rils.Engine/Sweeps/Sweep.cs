namespace Rils.Engine.Sweeps;

/// <summary>What the <c>[sweep]</c> of a file makes.</summary>
/// <param name="Name">The experiment's name.</param>
/// <param name="Points">How many combinations of values there are.</param>
/// <param name="Keys">The swept keys, as <c>--set</c> takes them.</param>
/// <param name="Runs">At least one.</param>
public sealed record Sweep(string Name, int Points, IReadOnlyList<string> Keys, IReadOnlyList<SweepRun> Runs)
{
    /// <summary>Arms of all runs.</summary>
    public int Arms => Runs.Sum(run => run.Arms.Count);
}
