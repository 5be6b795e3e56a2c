using System.Collections.Concurrent;
using Rils.Scheduling;
using Rils.Engine.Native;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>Native memory for the pixels of batches, used again once the last device is done with a frame: as much as frames in flight need.</summary>
/// <remarks>
/// On CUDA a device lane is done with a frame when it has queued the copy, not when the device has made it. Pinned memory therefore goes back to libtorch:
/// it notes an event behind each copy from such memory, and lends a block again only after the block's events. Nobody waits; as long as
/// copies are in flight, the next batch gets another block.
/// </remarks>
/// <param name="batch">Images per batch.</param>
/// <param name="imageSize">Side of the images, in pixels.</param>
/// <param name="isPinned">Whether a device copies from it by itself.</param>
sealed class PixelBuffers(int batch, int imageSize, bool isPinned = false) : IShared, IDisposable
{
    readonly ConcurrentBag<Tensor> idle = [];
    readonly List<Tensor> made = [];

    /// <summary>Whether a frame's tensors are to be pinned.</summary>
    public bool IsPinned => isPinned;

    /// <summary>How many were ever made here.</summary>
    public int Made => made.Count;

    /// <summary>A tensor uint8 <c>[batch, 3, size, size]</c> that nobody uses; what it holds is left over. One thread takes.</summary>
    public Tensor Take()
    {
        if (isPinned) return PinnedMemory.Bytes(batch, 3, imageSize, imageSize);
        if (idle.TryTake(out var pixels)) return pixels;
        made.Add(empty([batch, 3, imageSize, imageSize], ScalarType.Byte));
        return made[^1];
    }

    /// <summary>Gives a tensor back, from any thread.</summary>
    public void Return(Tensor pixels)
    {
        if (isPinned) pixels.Dispose();
        else idle.Add(pixels);
    }

    /// <summary>Called by the scheduler at the end of a run: nobody uses one any more.</summary>
    public void Dispose()
    {
        foreach (var pixels in made) pixels.Dispose();
    }
}
