using Rils.Measures;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Probes;

/// <summary>The most similar training samples of each query, on the host.</summary>
/// <param name="Places">Of query 0 its <paramref name="K"/> places in the training data, ascending; then of query 1.</param>
/// <param name="Cosines">Of each.</param>
/// <param name="K">How many each query has.</param>
sealed record Neighbours(long[] Places, float[] Cosines, int K)
{
    // Cosines held at once: 32 MiB in double precision.
    const long CosinesAtOnce = 4L << 20;

    /// <summary>Finds them a block of queries at a time, so that queries x training is never held at once.</summary>
    /// <remarks>Of those that tie for the last place, the first in the training data are taken.</remarks>
    /// <param name="queries">Unit vectors, fp64 <c>[queries, width]</c>.</param>
    /// <param name="training">Unit vectors, fp64 <c>[samples, width]</c>.</param>
    /// <param name="k">How many, at most the number of training samples.</param>
    /// <param name="cosinesAtOnce">Bounds the memory.</param>
    public static Neighbours Of(Tensor queries, Tensor training, int k, long cosinesAtOnce = CosinesAtOnce)
    {
        using var scope = NewDisposeScope();
        var block = Math.Max(1, cosinesAtOnce / training.shape[0]);
        List<Tensor> places = [], cosines = [];
        for (var at = 0L; at < queries.shape[0]; at += block)
        {
            var (found, near) = Block(
                Similarity.TyingCosines(queries.narrow(0, at, Math.Min(block, queries.shape[0] - at)), training), k);
            places.Add(found);
            cosines.Add(near);
        }
        // Device synchronisation: two copies for all queries.
        return new([.. cat(places).cpu().data<long>()], [.. cat(cosines).cpu().data<float>()], k);
    }

    static (Tensor Places, Tensor Cosines) Block(Tensor cosines, int k)
    {
        using var scope = NewDisposeScope();
        var last = cosines.topk(k, 1).values.amin([1L], keepdim: true);
        var (nearer, tied) = (cosines.gt(last), cosines.eq(last));
        var room = k - nearer.sum([1L], keepdim: true);
        var taken = nearer.logical_or(tied.logical_and(tied.cumsum(1).le(room)));
        var places = taken.nonzero().select(1, 1).view(-1, k);
        return (places.flatten().MoveToOuterDisposeScope(), cosines.gather(1, places).flatten().MoveToOuterDisposeScope());
    }
}
