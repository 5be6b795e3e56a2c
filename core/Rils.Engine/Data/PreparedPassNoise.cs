using Rils.Contract;
using Rils.Scheduling;
using static TorchSharp.torch;

namespace Rils.Engine.Data;

/// <summary>A batch's noise for passes in host memory (pinned where a CUDA device copies it), which all arms and
/// devices share.</summary>
/// <param name="ByPass">fp32 <c>[batch, blocks, branches]</c> for each pass and shape.</param>
sealed record PreparedPassNoise(IReadOnlyDictionary<(BackbonePass Pass, NoiseShape Shape), Tensor> ByPass)
    : IShared, IDisposable
{
    /// <summary>Frees the noise. The scheduler calls this method when the last device lane is done with the
    /// frame.</summary>
    public void Dispose()
    {
        foreach (var noise in ByPass.Values) noise.Dispose();
    }
}
