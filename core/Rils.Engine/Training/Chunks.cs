using Rils.Abstractions;
using Rils.Ecs;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Engine.Training;

/// <summary>Encodes a batch that does not fit in chunks that do: the losses see the whole batch, and their gradients come back to one chunk
/// after the other, each encoded again for it (GradCache; Gao et al. 2021, section 3).</summary>
static class Chunks
{
    /// <summary>Encodes in one piece where that fits.</summary>
    /// <param name="chunk">How many samples fit.</param>
    /// <param name="encode">From the inputs of some samples to their outputs, each sample by itself.</param>
    /// <param name="inputs"><c>[samples, ...]</c>, of equally many samples.</param>
    /// <returns><c>[samples, ...]</c>.</returns>
    public static Tensor Encode(Maybe<Chunk> chunk, Func<Tensor[], Tensor> encode, params Tensor[] inputs)
    {
        if (!chunk.TryGet(out var size) || inputs[0].shape[0] <= size.Samples) return encode(inputs);
        using var scope = NewDisposeScope();
        // All parts of an input by one operation: the gradient of a part alone would be as large as the input.
        var parts = inputs.Select(input => input.split(size.Samples)).ToArray();
        var outputs = parts[0].Select((_, number) => Recompute.Run(encode, [.. parts.Select(part => part[number])]));
        return cat([.. outputs], 0).MoveToOuterDisposeScope();
    }
}
