using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary>The same plain loop twice, proven to train the same models.</summary>
/// <param name="Torch">Over TorchSharp's own layers.</param>
/// <param name="Modules">Over our modules.</param>
sealed record PlainPair(PlainLoop Torch, PlainLoop Modules)
{
    /// <summary>Between the losses, relative: they round differently.</summary>
    const double Tolerance = 1e-5;

    /// <param name="engine">Has made a step: only then is it known how long captions are.</param>
    /// <exception cref="InvalidOperationException">They are not the same models, or not the engine's.</exception>
    public static PlainPair Beside(EngineLoop engine)
    {
        var (samples, vocabulary, context) = (engine.Context.BatchSize,
            engine.Context.VocabularySize, engine.Tokens(0));
        var (theirs, ours) = (PlainModels.OfTorch(vocabulary), PlainModels.OfOurs(vocabulary));
        if (theirs.Count != engine.Parameters || ours.Count != engine.Parameters)
            throw new InvalidOperationException($"the engine trains {engine.Parameters} numbers, "
                + $"the plain loops {theirs.Count} (torch's layers) "
                + $"and {ours.Count} (our modules): they are not the same models");
        ours.Stir();
        theirs.Take(ours);
        var batch = PlainBatch.Random(samples, vocabulary, context);
        var pair = new PlainPair(new(theirs, batch), new(ours, batch));
        var loss = pair.SharedLoss(batch.Mask());
        Console.WriteLine($"{engine.Parameters:N0} parameters, batch {samples}, captions of {context} tokens, "
            + $"{get_num_threads()} threads; "
            + $"both plain loops start at loss {loss:0.0000}");
        return pair;
    }

    float SharedLoss(PatchMask mask)
    {
        using var scope = NewDisposeScope();
        using var constant = no_grad();
        var (theirs, ours) = (Torch.Loss(mask).item<float>(), Modules.Loss(mask).item<float>());
        // Also true of NaN.
        if (!(Math.Abs(theirs - ours) <= Tolerance * Math.Abs(ours)))
            throw new InvalidOperationException("with the same parameters, "
                + $"batch and mask the loss is {theirs} (torch's layers) and {ours} (our modules): "
                + "they are not the same models");
        return ours;
    }
}
