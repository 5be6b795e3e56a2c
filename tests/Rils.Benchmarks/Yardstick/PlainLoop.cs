using Rils.Contract;
using Rils.LanguageTarget;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary>The training loop that one writes with TorchSharp: fp32, a parameter a tensor, TorchSharp's AdamW, the
/// losses as the paper has them,
/// one random batch.</summary>
sealed class PlainLoop(PlainModels models, PlainBatch batch)
{
    readonly LanguageTargetOptions target = new() { Gate = Gate.None };
    readonly optim.Optimizer optimizer =
        optim.AdamW(WithGradients(models), 1e-3, beta1: 0.9, beta2: 0.98, weight_decay: 0.1);

    // Dense ones, to which sparse ones are added: TorchSharp's AdamW takes none of these, such as our token
    // embedding's.
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

    /// <summary>The first half of a step: new gradients.</summary>
    public void Backward()
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        Loss(batch.Mask()).backward();
    }

    /// <summary>The second half.</summary>
    public void Update() => optimizer.step();

    /// <summary>The batch's loss under a mask, 0-d.</summary>
    public Tensor Loss(PatchMask mask)
    {
        var full = models.Images(batch.Images, null);
        var sentences = models.Space.ProjectTexts(models.Texts(batch.Tokens));
        var prediction = models.Patches(models.Images(batch.Images, mask.Visible), mask.Restore);
        return PlainLosses.Contrastive(models.Space.ProjectImages(ImageTokens.Pool(full)),
            sentences, models.Space.LogitScale)
            + target.Weight * PlainLosses.Language(models.Space, prediction, full, sentences, mask, target);
    }
}
