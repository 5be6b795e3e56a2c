using System.Collections.Concurrent;
using Rils.Ecs;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>Native memory for the pixels of batches, used again once the last device is done with a frame: as much as frames in flight need.</summary>
/// <param name="batch">Images per batch.</param>
/// <param name="imageSize">Side of the images, in pixels.</param>
sealed class PixelBuffers(int batch, int imageSize) : IShared, IDisposable
{
    readonly ConcurrentBag<Tensor> idle = [];
    readonly List<Tensor> made = [];

    /// <summary>How many were ever made.</summary>
    public int Made => made.Count;

    /// <summary>A tensor uint8 <c>[batch, 3, size, size]</c> that nobody uses; what it holds is left over. One thread takes.</summary>
    public Tensor Take()
    {
        if (idle.TryTake(out var pixels)) return pixels;
        made.Add(empty([batch, 3, imageSize, imageSize], ScalarType.Byte));
        return made[^1];
    }

    /// <summary>Gives a tensor back, from any thread.</summary>
    public void Return(Tensor pixels) => idle.Add(pixels);

    /// <summary>Called by the scheduler at the end of a run: nobody uses one any more.</summary>
    public void Dispose()
    {
        foreach (var pixels in made) pixels.Dispose();
    }
}
