namespace Rils.Engine.Bench;

/// <summary>What the host lane makes when it runs alone, from the file cache.</summary>
/// <param name="Batches">How many were timed.</param>
/// <param name="SamplesPerS">Samples per second on all cores.</param>
/// <param name="SamplesPerSPerCore">The same, by the number of cores.</param>
public sealed record LoaderBench(long Batches, double SamplesPerS, double SamplesPerSPerCore);
