using Rils.Measures;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Probes;

/// <summary>The most similar training samples of each query, on the host.</summary>
/// <param name="Places">Places in the training data, ascending: the <paramref name="K"/> of query 0, then those of
/// query 1, and so on.</param>
/// <param name="Cosines">The cosine at each place.</param>
/// <param name="K">Number of neighbours of each query.</param>
sealed record Neighbours(long[] Places, float[] Cosines, int K)
{
    // Cosines held at a time: 32 MiB in double precision.
    const long CosinesAtOnce = 4L << 20;

    /// <summary>Finds the neighbours for a block of queries at a time, so that queries x training cosines are never
    /// held together.</summary>
    /// <remarks>Where several samples tie for the last place, the first ones in the training data are taken.</remarks>
    /// <param name="queries">Unit vectors, fp64 <c>[queries, width]</c>.</param>
    /// <param name="training">Unit vectors, fp64 <c>[samples, width]</c>.</param>
    /// <param name="k">Number of neighbours, at most the number of training samples.</param>
    /// <param name="cosinesAtOnce">The most cosines held at a time, which bounds the memory.</param>
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
        var room = nearer.sum([1L], keepdim: true).neg().Plus(Constant.Of(k));
        var taken = nearer.logical_or(tied.logical_and(tied.cumsum(1).le(room)));
        var places = taken.nonzero().select(1, 1).view(-1, k);
        var near = cosines.gather(1, places);
        return (places.flatten().MoveToOuterDisposeScope(), near.flatten().MoveToOuterDisposeScope());
    }
}
