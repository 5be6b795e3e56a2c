using Rils.Abstractions;
using Rils.Ecs;

namespace Rils.Engine.Data;

/// <summary>The samples of a step with their pixels, in the order of the batch.</summary>
/// <param name="Samples">Without their image bytes.</param>
/// <param name="Pixels">RGB bytes <c>[batch, 3, size, size]</c>.</param>
sealed record LoadedSamples(IReadOnlyList<Sample> Samples, byte[] Pixels) : IShared;
