using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>A batch in host memory (pinned, where a CUDA device copies it), shared by all arms and devices.</summary>
/// <param name="Pixels">uint8 <c>[batch, 3, size, size]</c>: those of the loaded samples, which own them.</param>
/// <param name="Views">Those of the loaded samples: two tensors like the pixels, or none.</param>
/// <param name="Tokens">int64 <c>[batch, context]</c>; null where no arm has text.</param>
/// <param name="Lengths">Tokens of each caption; empty where no arm has text.</param>
/// <param name="Noise">fp32 <c>[batch, patches]</c> for each number of patches.</param>
sealed record PreparedBatch(Tensor Pixels, IReadOnlyList<Tensor> Views, Tensor? Tokens, IReadOnlyList<int> Lengths, IReadOnlyDictionary<int, Tensor> Noise) : IShared, IDisposable
{
    /// <summary>Called by the scheduler after the last device lane is done with the frame. libtorch keeps pinned memory until the copies from it are made.</summary>
    public void Dispose()
    {
        Tokens?.Dispose();
        foreach (var noise in Noise.Values) noise.Dispose();
    }
}
