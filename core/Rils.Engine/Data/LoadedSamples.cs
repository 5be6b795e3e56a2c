using Rils.Contract;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>The samples of a step with their pixels, in the order of the batch.</summary>
/// <param name="Samples">Without their image bytes.</param>
/// <param name="Captions">Token ids of each sample's caption; empty ones where no arm reads captions.</param>
/// <param name="Pixels">RGB, uint8 <c>[batch, 3, size, size]</c>, in host memory.</param>
/// <param name="Views">Two tensors like the pixels where some arm reads views, else none.</param>
/// <param name="Buffers">Where the pixels go back to.</param>
sealed record LoadedSamples(
    IReadOnlyList<Sample> Samples, IReadOnlyList<int[]> Captions, Tensor Pixels, IReadOnlyList<Tensor> Views,
        PixelBuffers Buffers) : IShared, IDisposable
{
    /// <summary>Called by the scheduler after the last device lane is done with the frame; <see cref="PixelBuffers"/> knows of copies that are still in flight.</summary>
    public void Dispose()
    {
        foreach (var pixels in Views.Prepend(Pixels)) Buffers.Return(pixels);
    }
}
