using Rils.Measures;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.SimClr;

/// <summary>NT-Xent over the views of a batch (Chen et al. 2020, equation 1), as in SLIP's code. With more than two
/// views, each view has all others of its image as positives, and the loss is the mean over all pairs (Khosla et al.
/// 2020, equation 2, where every image is a class of its own).</summary>
static class SimClrLoss
{
    /// <summary>Subtracted from the logit of a view with itself, which takes the view out of its own softmax.</summary>
    const float Far = 1e9f;

    /// <summary>Adds the loss term, under the objective's name, and the metric <c>NAME.accuracy</c>: the share of first
    /// views whose most similar view is another view of the same image, 0..1. All in fp32; nothing waits for the
    /// device.</summary>
    public static void Loss(
        in SimClrOptions options, in ViewEmbeddings views, Append<LossTerm> losses, Append<Metric> metrics)
    {
        Tensor[] units = [.. views.All.Select(Similarity.Unit)];
        var logits = Logits(units, Constant.Of(options.Temperature), out var pairs);
        var apart = Sum(logits.Select(static view => view.logsumexp(1))).mean() / Constant.Of(units.Length);
        var alike = Sum(pairs.Select(static pair => pair.diagonal().mean())) / Constant.Of(pairs.Length);
        losses.Add(new(losses.Name, apart - alike, options.Weight));
        metrics.Add(new($"{losses.Name}.accuracy", Accuracy(logits[0].detach())));
    }

    /// <summary>Compares each view of each image with all other views of all images.</summary>
    /// <param name="units">The views, unit vectors <c>[batch, dimensions]</c>.</param>
    /// <param name="temperature">Divides the cosines.</param>
    /// <param name="pairs">Each two views by themselves, <c>[batch, batch]</c>.</param>
    /// <returns>For each view <c>[batch, views · batch]</c>: against the other views, then against itself.</returns>
    static Tensor[] Logits(Tensor[] units, Scalar temperature, out Tensor[] pairs)
    {
        int[] all = [.. Enumerable.Range(0, units.Length)];
        Tensor Scaled(int one, int other) => units[one].matmul(units[other].t()) / temperature;
        var between = (
            from one in all
            from other in all.Skip(one + 1)
            select (one, other)).ToDictionary(pair => pair, pair => Scaled(pair.one, pair.other));
        Tensor Between(int one, int other) => one < other ? between[(one, other)] : between[(other, one)].t();
        var own = Constant.Of(Far) * eye(units[0].shape[0], device: units[0].device);
        pairs = [.. between.Values];
        return [.. all.Select(view => cat([.. all.Where(other => other != view).Select(other => Between(view, other)),
            Scaled(view, view) - own], 1))];
    }

    static Tensor Sum(IEnumerable<Tensor> terms) => terms.Aggregate(Constant.Plus);

    /// <summary>The share of rows whose largest logit is a view of the row's own image, 0..1.</summary>
    /// <param name="logits"><c>[batch, views · batch]</c>: a column's image is its number modulo the batch.</param>
    static Tensor Accuracy(Tensor logits)
    {
        var batch = logits.shape[0];
        var nearest = logits.argmax(1).remainder(Constant.Of(batch));
        return nearest.eq(Constant.Count(batch, logits.device)).to(ScalarType.Float32).mean();
    }
}
