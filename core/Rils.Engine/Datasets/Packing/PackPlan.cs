namespace Rils.Engine.Datasets.Packing;

/// <summary>How data is packed.</summary>
/// <param name="Size">The most bytes of a shard; a single larger sample has a shard of its own.</param>
/// <param name="Val">The share of the samples that go to validation shards, from 0 to 1, exclusive; 0 makes
/// none.</param>
public sealed record PackPlan(long Size, double Val);
