namespace Rils.Runs;

/// <summary>What a run trains in one go: the arms of a phase, from one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Phase">From 1.</param>
readonly record struct RunPart(long Seed, int Phase);
