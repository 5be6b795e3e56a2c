namespace Rils.Cli.Commands;

/// <summary>A trained arm as a command line names it.</summary>
/// <param name="Run">The folder of a finished run.</param>
/// <param name="Arm">The arm's name; null for the only one.</param>
/// <param name="Seed">The seed; null for the run's first.</param>
/// <param name="Device">The device, as the user names it.</param>
sealed record GivenArm(string Run, string? Arm, long? Seed, string Device);
