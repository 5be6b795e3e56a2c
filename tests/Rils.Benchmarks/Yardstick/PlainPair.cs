using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary>Two plain loops that provably train the same models.</summary>
/// <param name="Torch">The loop over TorchSharp's own layers.</param>
/// <param name="Modules">The loop over our modules.</param>
sealed record PlainPair(PlainLoop Torch, PlainLoop Modules)
{
    /// <summary>The greatest relative difference between the two losses, which round differently.</summary>
    const double Tolerance = 1e-5;

    /// <param name="engine">An engine that has made a step; only then is the length of captions known.</param>
    /// <exception cref="InvalidOperationException">The two models differ from each other, or from the
    /// engine's.</exception>
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
        // The negation also refuses NaN.
        if (!(Math.Abs(theirs - ours) <= Tolerance * Math.Abs(ours)))
            throw new InvalidOperationException("with the same parameters, "
                + $"batch and mask the loss is {theirs} (torch's layers) and {ours} (our modules): "
                + "they are not the same models");
        return ours;
    }
}
