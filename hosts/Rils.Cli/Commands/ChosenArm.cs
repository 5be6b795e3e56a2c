using Rils.Runs;

namespace Rils.Cli.Commands;

/// <summary>An arm of a finished run that has weights for a seed.</summary>
/// <param name="Run">The run.</param>
/// <param name="Arm">The arm's name.</param>
/// <param name="Seed">The seed.</param>
sealed record ChosenArm(FinishedRun Run, string Arm, long Seed);
