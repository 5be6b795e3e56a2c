using Rils.Contract;

namespace Rils.Engine.Data;

/// <summary>Mixes all samples: any may follow any.</summary>
sealed class FullOrder(RandomStream stream, int samples) : IEpochOrder
{
    readonly int[] permutation = stream.Draw().Permutation(samples);

    /// <inheritdoc/>
    public ReadOnlySpan<int> Slice(int start, int length) => permutation.AsSpan(start, length);
}
