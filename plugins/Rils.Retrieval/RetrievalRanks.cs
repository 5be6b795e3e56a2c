using Rils.Measures;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Retrieval;

/// <summary>Exact ranks of the right answers, a block of queries at a time.</summary>
/// <remarks>A rank is the number of wrong answers that are not farther than the best right one: ties and NaN count against the model, so
/// a constant embedding scores nothing. Nothing of the size queries x gallery is ever copied to the host, or held at
/// once.</remarks>
static class RetrievalRanks
{
    // Cosines held at once: 32 MiB in double precision.
    const long CosinesAtOnce = 4L << 20;

    /// <param name="queries">Unit vectors <c>[queries, dimensions]</c>.</param>
    /// <param name="queryCaptions">int64 <c>[queries]</c>: the caption that each query has or is.</param>
    /// <param name="gallery">Unit vectors <c>[gallery, dimensions]</c>.</param>
    /// <param name="galleryCaptions">int64 <c>[gallery]</c>: an answer is right where its caption is the query's.</param>
    /// <param name="cosinesAtOnce">Bounds the memory.</param>
    /// <returns>From 0, one per query, on the host.</returns>
    public static long[] Of(
        Tensor queries, Tensor queryCaptions, Tensor gallery, Tensor galleryCaptions, long cosinesAtOnce = CosinesAtOnce)
    {
        using var scope = NewDisposeScope();
        var answers = gallery.to(ScalarType.Float64);
        var count = queries.shape[0];
        var block = Math.Max(1, cosinesAtOnce / gallery.shape[0]);
        var ranks = new List<Tensor>();
        for (var at = 0L; at < count; at += block)
        {
            var length = Math.Min(block, count - at);
            ranks.Add(Block(queries.narrow(0, at, length), queryCaptions.narrow(0, at, length), answers, galleryCaptions));
        }
        // Device synchronisation: one copy for all queries of a direction.
        return [.. cat(ranks).cpu().data<long>()];
    }

    static Tensor Block(Tensor queries, Tensor queryCaptions, Tensor answers, Tensor galleryCaptions)
    {
        using var scope = NewDisposeScope();
        var cosines = Similarity.TyingCosines(queries, answers);
        var right = queryCaptions.unsqueeze(1).eq(galleryCaptions);
        var wrong = right.logical_not();
        var best = cosines.masked_fill(wrong, double.NegativeInfinity).amax([1], keepdim: true);
        var notFarther = cosines.lt(best).logical_not();
        return notFarther.logical_and(wrong).sum(1).MoveToOuterDisposeScope();
    }
}
