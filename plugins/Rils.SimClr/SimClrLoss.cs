using Rils.Measures;
using static TorchSharp.torch;

namespace Rils.SimClr;

/// <summary>NT-Xent over the views of a batch (Chen et al. 2020, equation 1), as in SLIP's code.</summary>
static class SimClrLoss
{
    /// <summary>Subtracted from the logit of a view with itself, which takes the view out of its own softmax.</summary>
    const float Far = 1e9f;

    /// <summary>Adds the loss term, under the objective's name, and the metric <c>NAME.accuracy</c>: the share of first
    /// views whose most similar view is the other view of the same image, 0..1. All in fp32; nothing waits for the
    /// device.</summary>
    public static void Loss(
        in SimClrOptions options, in ViewEmbeddings views, Append<LossTerm> losses, Append<Metric> metrics)
    {
        var (first, second) = (Similarity.Unit(views.First), Similarity.Unit(views.Second));
        var own = Constant.Of(Far) * eye(first.shape[0], device: first.device);
        var across = first.matmul(second.t()) / Constant.Of(options.Temperature);
        var fromFirst = cat([across, first.matmul(first.t()) / Constant.Of(options.Temperature) - own], 1);
        var fromSecond = cat([across.t(), second.matmul(second.t()) / Constant.Of(options.Temperature) - own], 1);
        var both = (fromFirst.logsumexp(1) + fromSecond.logsumexp(1)).mean();
        var loss = both / Constant.Of(2) - across.diagonal().mean();
        losses.Add(new(losses.Name, loss, options.Weight));
        metrics.Add(new($"{losses.Name}.accuracy", Similarity.Accuracy(fromFirst.detach())));
    }
}
