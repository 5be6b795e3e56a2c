using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>The pixels of a step, in the order of the batch.</summary>
/// <param name="Pixels">RGB, uint8 <c>[batch, 3, size, size]</c>, in host memory.</param>
/// <param name="Views">A tensor for each view, <c>[batch, 3, view's size, view's size]</c>; none where no arm reads
/// views.</param>
/// <param name="Release">Returns a tensor to the buffers. The buffers themselves are no part of this value: the host
/// lane changes them while device lanes read the frame.</param>
sealed record LoadedPixels(Tensor Pixels, IReadOnlyList<Tensor> Views, Action<Tensor> Release) : IShared, IDisposable
{
    /// <summary>Returns the pixels to the buffers. The scheduler calls this method when the last device lane is done
    /// with the frame; <see cref="PixelBuffers"/> accounts for copies that still run.</summary>
    public void Dispose()
    {
        foreach (var pixels in Views.Prepend(Pixels)) Release(pixels);
    }
}
