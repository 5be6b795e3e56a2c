namespace Rils.Runs;

/// <summary>A part of a run that trains in one go: the arms of a phase, from one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Phase">The phase, from 1.</param>
readonly record struct SeedPhase(long Seed, int Phase);
