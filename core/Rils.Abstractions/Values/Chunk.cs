using Rils.Ecs;
using static TorchSharp.torch;

namespace Rils.Abstractions;

/// <summary>How many samples the models encode at a time; set where that is fewer than the batch. The losses see the whole batch, and their
/// gradients come back to one chunk after the other, each encoded again for it (GradCache; Gao et al. 2021, section 3).</summary>
/// <param name="Samples">At least 1.</param>
public sealed record Chunk(int Samples) : IShared
{
    /// <summary>Encodes a batch.</summary>
    /// <param name="chunk">Absent where the batch is encoded at once.</param>
    /// <param name="encode">From inputs to an output for each sample, none looking at another.</param>
    /// <param name="inputs"><c>[samples, ...]</c>.</param>
    /// <returns><c>[samples, ...]</c>.</returns>
    public static Tensor Encode(Maybe<Chunk> chunk, Func<Tensor[], Tensor> encode, params Tensor[] inputs) =>
        chunk.TryGet(out var size) ? Recompute.RunInParts(size.Samples, encode, inputs) : encode(inputs);
}
