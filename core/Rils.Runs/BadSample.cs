namespace Rils.Runs;

/// <summary>A sample that could not be used.</summary>
/// <param name="Step">The step that met it first; of an evaluation, the steps before it.</param>
/// <param name="Data">The pattern of its shards.</param>
/// <param name="Index">Its number there.</param>
/// <param name="Fate">What became of it: <c>left out and replaced</c>.</param>
/// <param name="Cause">Names it by shard and key, and says what is wrong.</param>
sealed record BadSample(long Step, string Data, int Index, string Fate, string Cause);
