using Rils.Measures;
using static TorchSharp.torch;

namespace Rils.Contrastive;

/// <summary>Symmetric cross-entropy over logit_scale · cosine (Radford et al. 2021, figure 3; Yang et al. 2023, section
/// 3.1).</summary>
static class ContrastiveLoss
{
    /// <summary>Adds the loss term, under the objective's name, and the metrics <c>NAME.accuracy</c> (share of the
    /// images whose own caption has the largest logit, 0..1) and <c>NAME.logit_scale</c>, all in fp32. Nothing waits
    /// for the device.</summary>
    public static void Loss(
        in ContrastiveOptions options, in ImageEmbedding images, in TextEmbedding sentences,
        in Maybe<CaptionTokens> captions, in SharedSpace space, Append<LossTerm> losses, Append<Metric> metrics)
    {
        var scale = space.LogitScale;
        var logits = scale * Similarity.Cosines(images.Vectors, sentences.Vectors);
        // Without tokens the vectors come from the captions themselves, so that equal captions have equal vectors.
        if (options.MergeEqualCaptions)
            logits = logits.masked_fill(
                Twins(captions.TryGet(out var own) ? own.Tokens : sentences.Vectors.detach()),
                Constant.Of(double.NegativeInfinity));
        losses.Add(new(losses.Name, CrossEntropy(logits), options.Weight));
        metrics.Add(new($"{losses.Name}.accuracy", Similarity.Accuracy(logits.detach())));
        metrics.Add(new($"{losses.Name}.logit_scale", scale.detach()));
    }

    /// <summary>Mean of the cross-entropies of both directions; the right answers are on the diagonal.</summary>
    /// <param name="logits">fp32 <c>[images, sentences]</c>, square.</param>
    static Tensor CrossEntropy(Tensor logits) =>
        logits.logsumexp(1).Plus(logits.logsumexp(0)).mean() / Constant.Of(2) - logits.diagonal().mean();

    /// <summary>Marks the pairs of different samples with the same caption, bool <c>[batch, batch]</c>.</summary>
    /// <param name="tokens">Numbers that are equal where captions are, <c>[batch, numbers]</c>.</param>
    static Tensor Twins(Tensor tokens)
    {
        // One column at a time: all at once would take batch x batch x context numbers.
        var equal = tokens.select(1, 0).unsqueeze(1).eq(tokens.select(1, 0));
        for (var column = 1L; column < tokens.shape[1]; column++)
        {
            using var here = tokens.select(1, column);
            using var same = here.unsqueeze(1).eq(here);
            equal.logical_and_(same);
        }
        equal.diagonal().zero_();
        return equal;
    }
}
