using System.Collections.Concurrent;
using Rils.Scheduling;
using Rils.Engine.Native;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>Native memory for the pixels of batches, which is used again when the last device is done with a frame: as
/// much as the frames in flight need.</summary>
/// <remarks>
/// A CUDA lane is done with a frame when it has queued the copy, not when the device has made it. Pinned memory
/// therefore returns to libtorch, which records an event behind each copy from such memory and lends a block again only
/// after its events. No lane waits: while copies run, the next batch gets another block.
/// </remarks>
/// <param name="batch">Images per batch.</param>
/// <param name="isPinned">Whether a device copies from the memory by itself.</param>
sealed class PixelBuffers(int batch, bool isPinned = false) : IShared, IDisposable
{
    readonly ConcurrentDictionary<long, ConcurrentBag<Tensor>> idle = [];
    readonly List<Tensor> made = [];

    /// <summary>Whether the tensors of a frame must be pinned.</summary>
    public bool IsPinned => isPinned;

    /// <summary>The number of tensors that were ever made here.</summary>
    public int Made => made.Count;

    /// <summary>A uint8 tensor <c>[batch, 3, size, size]</c> that nothing else uses; it holds old numbers. Only one
    /// thread may call this method.</summary>
    /// <param name="size">Side of the images, in pixels.</param>
    public Tensor Take(int size)
    {
        if (isPinned) return PinnedMemory.Bytes(batch, 3, size, size);
        if (IdleOf(size).TryTake(out var pixels)) return pixels;
        made.Add(empty([batch, 3, size, size], ScalarType.Byte));
        return made[^1];
    }

    /// <summary>Returns a tensor, from any thread.</summary>
    public void Return(Tensor pixels)
    {
        if (isPinned) pixels.Dispose();
        else IdleOf(pixels.shape[^1]).Add(pixels);
    }

    /// <summary>Frees all tensors. The scheduler calls this method at the end of a run, when nothing uses them any
    /// more.</summary>
    public void Dispose()
    {
        foreach (var pixels in made) pixels.Dispose();
    }

    ConcurrentBag<Tensor> IdleOf(long size) => idle.GetOrAdd(size, static _ => []);
}
