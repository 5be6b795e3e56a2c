using Rils.Measures;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Retrieval;

/// <summary>Exact ranks of the right answers, computed for a block of queries at a time.</summary>
/// <remarks>A rank is the number of wrong answers that are not farther than the nearest right one, so ties and NaN
/// count against the model and a constant embedding scores 0. No array of the size queries x gallery is ever held or
/// copied to the host.</remarks>
static class RetrievalRanks
{
    // Cosines held at a time: 32 MiB in double precision.
    const long CosinesAtOnce = 4L << 20;

    /// <summary>Ranks the nearest right answer of each query, from 0.</summary>
    /// <param name="queries">Unit vectors <c>[queries, dimensions]</c>.</param>
    /// <param name="gallery">Unit vectors of the answers, <c>[gallery, dimensions]</c>.</param>
    /// <param name="right">For each query the numbers of its right answers, at least one.</param>
    /// <param name="cosinesAtOnce">The most cosines held at a time, which bounds the memory.</param>
    /// <returns>One rank per query, on the host.</returns>
    public static long[] Of(
        Tensor queries, Tensor gallery, IReadOnlyList<IReadOnlyList<int>> right, long cosinesAtOnce = CosinesAtOnce)
    {
        using var scope = NewDisposeScope();
        var answers = gallery.to(ScalarType.Float64);
        var marks = new RightAnswers(right, gallery.shape[0], gallery.device);
        var count = queries.shape[0];
        var block = Math.Max(1, cosinesAtOnce / gallery.shape[0]);
        var ranks = new List<Tensor>();
        for (var at = 0L; at < count; at += block)
        {
            var length = Math.Min(block, count - at);
            ranks.Add(Block(queries.narrow(0, at, length), answers, marks.Mask(at, length)));
        }
        // Device synchronisation: one copy for all queries of a direction.
        return [.. cat(ranks).cpu().data<long>()];
    }

    static Tensor Block(Tensor queries, Tensor answers, Tensor right)
    {
        using var scope = NewDisposeScope();
        var cosines = Similarity.TyingCosines(queries, answers);
        var wrong = right.logical_not();
        var best = cosines.masked_fill(wrong, Constant.Of(double.NegativeInfinity)).amax([1], keepdim: true);
        var notFarther = cosines.lt(best).logical_not();
        return notFarther.logical_and(wrong).sum(1).MoveToOuterDisposeScope();
    }
}
