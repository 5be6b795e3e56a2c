namespace Rils.Engine.Bench;

/// <summary>The speed of the host lane when it runs alone, from the file cache.</summary>
/// <param name="Batches">The number of timed batches.</param>
/// <param name="SamplesPerS">Samples per second on all cores.</param>
/// <param name="SamplesPerSPerCore">Samples per second divided by the number of cores.</param>
public sealed record LoaderBench(long Batches, double SamplesPerS, double SamplesPerSPerCore);
