using Rils.Contract;
using Rils.LanguageTarget;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary>A training loop as one writes it with TorchSharp: fp32, a tensor for each parameter, TorchSharp's AdamW,
/// the losses by the paper's formulas, one random batch.</summary>
sealed class PlainLoop(PlainModels models, PlainBatch batch)
{
    readonly LanguageTargetOptions target = new() { Gate = Gate.None };
    readonly optim.Optimizer optimizer =
        optim.AdamW(WithGradients(models), 1e-3, beta1: 0.9, beta2: 0.98, weight_decay: 0.1);

    // Autograd adds sparse gradients, such as our token embedding's, to these dense ones, because TorchSharp's AdamW
    // takes no sparse ones.
    static Parameter[] WithGradients(PlainModels models)
    {
        Parameter[] parameters = [.. models.Modules.SelectMany(module => module.parameters())];
        foreach (var parameter in parameters) parameter.grad = zeros_like(parameter);
        return parameters;
    }

    /// <summary>Trains one step.</summary>
    public void Step()
    {
        Backward();
        Update();
    }

    /// <summary>Makes new gradients: the first half of a step.</summary>
    public void Backward()
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        Loss(batch.Mask()).backward();
    }

    /// <summary>Updates the parameters: the second half of a step.</summary>
    public void Update() => optimizer.step();

    /// <summary>The loss of the batch under a mask, 0-d.</summary>
    public Tensor Loss(PatchMask mask)
    {
        var full = models.Images(batch.Images, null);
        var sentences = models.Space.ProjectTexts(models.Texts(batch.Tokens));
        var prediction = models.Patches(models.Images(batch.Images, mask.Visible), mask.Restore);
        return PlainLosses.Contrastive(models.Space.ProjectImages(ImageTokens.MeanOfPatches(full, 1)),
            sentences, models.Space.LogitScale)
            + target.Weight * PlainLosses.Language(models.Space, prediction, full, sentences, mask, target);
    }
}
