using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>A batch in host memory (pinned where a CUDA device copies it), which all arms and devices share.</summary>
/// <param name="Pixels">uint8 <c>[batch, 3, size, size]</c>, owned by the loaded samples.</param>
/// <param name="Views">Two tensors of the same form, or none, owned by the loaded samples.</param>
/// <param name="Tokens">int64 <c>[batch, context]</c>; null where no arm has text.</param>
/// <param name="Lengths">The number of tokens of each caption; empty where no arm has text.</param>
/// <param name="Noise">fp32 <c>[batch, patches]</c> for each number of patches.</param>
sealed record PreparedBatch(
    Tensor Pixels, IReadOnlyList<Tensor> Views, Tensor? Tokens, IReadOnlyList<int> Lengths,
    IReadOnlyDictionary<int, Tensor> Noise) : IShared, IDisposable
{
    /// <summary>Frees the batch's own tensors. The scheduler calls this method when the last device lane is done with
    /// the frame; libtorch keeps pinned memory until the copies from it are made.</summary>
    public void Dispose()
    {
        Tokens?.Dispose();
        foreach (var noise in Noise.Values) noise.Dispose();
    }
}
