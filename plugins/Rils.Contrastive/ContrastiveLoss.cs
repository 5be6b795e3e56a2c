using Rils.Measures;
using static TorchSharp.torch;

namespace Rils.Contrastive;

/// <summary>Symmetric cross-entropy over logit_scale · cosine (Radford et al. 2021; RILS's and SLIP's
/// <c>CLIPLoss</c>).</summary>
static class ContrastiveLoss
{
    /// <summary>Adds the loss term, under the objective's name, and the metrics <c>NAME.accuracy</c> (share of the
    /// images whose own caption has the largest logit, 0..1) and <c>NAME.logit_scale</c>, all in fp32. Where features
    /// are gathered, each direction compares own features with constants: images learn from the one, texts from the
    /// other. Nothing waits for the device.</summary>
    public static void Loss(
        in ContrastiveOptions options, in ImageEmbedding images, in TextEmbedding sentences,
        in Maybe<CaptionTokens> captions, in SharedSpace space, in Gather gather, Append<LossTerm> losses,
        Append<Metric> metrics)
    {
        var scale = space.LogitScale;
        var (image, text) = (Similarity.Unit(images.Vectors), Similarity.Unit(sentences.Vectors));
        var toTexts = scale * image.matmul(gather.Gathered(text).t());
        var toImages = gather.IsAttached ? toTexts.t() : scale * text.matmul(gather.Gathered(image).t());
        if (options.MergeEqualCaptions)
        {
            // Without tokens the vectors come from the captions themselves, so that equal captions have equal vectors.
            var twins = Twins(captions.TryGet(out var own) ? own.Tokens : sentences.Vectors.detach());
            (toTexts, toImages) = (Without(twins, toTexts), Without(twins, toImages));
        }
        losses.Add(new(losses.Name, CrossEntropy(toTexts).Plus(CrossEntropy(toImages)) / Constant.Of(2),
            options.Weight));
        metrics.Add(new($"{losses.Name}.accuracy", Similarity.Accuracy(toTexts.detach())));
        metrics.Add(new($"{losses.Name}.logit_scale", scale.detach()));
    }

    /// <summary>Mean cross-entropy of the rows; the right answers are on the diagonal.</summary>
    /// <param name="logits">fp32 <c>[batch, batch]</c>.</param>
    static Tensor CrossEntropy(Tensor logits) => (logits.logsumexp(1) - logits.diagonal()).mean();

    /// <summary>Takes pairs out of the softmax of their rows.</summary>
    static Tensor Without(Tensor pairs, Tensor logits) =>
        logits.masked_fill(pairs, Constant.Of(double.NegativeInfinity));

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
