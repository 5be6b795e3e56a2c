namespace Rils.Runs;

/// <summary>A sample that a run could not use.</summary>
/// <param name="Step">The step that met the sample first; for an evaluation, the number of steps before it.</param>
/// <param name="Data">The pattern of the sample's shards.</param>
/// <param name="Index">The sample's number in these data.</param>
/// <param name="Fate">The fate of the sample, such as <c>left out and replaced</c>.</param>
/// <param name="Cause">The sample's shard and key, and what is wrong with it.</param>
sealed record BadSample(long Step, string Data, int Index, string Fate, string Cause);
