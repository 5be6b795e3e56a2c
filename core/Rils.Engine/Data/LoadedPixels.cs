using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>The pixels of a step, in the order of the batch.</summary>
/// <param name="Pixels">RGB, uint8 <c>[batch, 3, size, size]</c>, in host memory.</param>
/// <param name="Views">Two tensors of the same form where some arm reads views, else none.</param>
/// <param name="Buffers">The buffers to which the pixels return.</param>
sealed record LoadedPixels(Tensor Pixels, IReadOnlyList<Tensor> Views, PixelBuffers Buffers) : IShared, IDisposable
{
    /// <summary>Returns the pixels to the buffers. The scheduler calls this method when the last device lane is done
    /// with the frame; <see cref="PixelBuffers"/> accounts for copies that still run.</summary>
    public void Dispose()
    {
        foreach (var pixels in Views.Prepend(Pixels)) Buffers.Return(pixels);
    }
}
