using Rils.Abstractions;
using Rils.LanguageTarget;
using Rils.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary>The training loop that one writes with TorchSharp alone: the models of experiments/bench/vit-192-64.toml in fp32, a parameter a tensor, TorchSharp's AdamW, the
/// losses as the paper has them, one random batch that is there before the clock starts.</summary>
sealed class PlainLoop
{
    const int Image = 64, Dimensions = 128;

    readonly Vit backbone = new(new() { Patch = 8, Width = 192, Depth = 12, Heads = 3 }, Image);
    readonly TextTransformer text;
    readonly MaskedDecoder decoder;
    readonly LinearSpace space;
    readonly LanguageTargetOptions target = new() { Gate = Gate.None };
    readonly optim.Optimizer optimizer;
    readonly Tensor images, tokens;
    readonly int patches, visible;

    /// <param name="batch">Samples.</param>
    /// <param name="vocabulary">Number of tokens.</param>
    /// <param name="context">Length of all captions.</param>
    public PlainLoop(int batch, int vocabulary, int context)
    {
        text = new(new() { Context = 32, Width = 128, Depth = 4, Heads = 2 }, vocabulary);
        decoder = new(new() { Width = 192, Depth = 1 }, new(backbone.Shape, new(backbone.Shape.Width)));
        space = new(new() { Dim = Dimensions }, new(backbone.Shape, text.Shape));
        backbone.Initialize(RandomStream.Root(0));
        text.Initialize(RandomStream.Root(1));
        decoder.Initialize(RandomStream.Root(2));
        space.Initialize(RandomStream.Root(3));
        Parameter[] parameters = [.. new nn.Module[] { backbone, text, decoder, space }.SelectMany(module => module.parameters())];
        Parameters = parameters.Sum(parameter => parameter.numel());
        optimizer = optim.AdamW(parameters, 1e-3, beta1: 0.9, beta2: 0.98, weight_decay: 0.1);
        images = randn(batch, 3, Image, Image);
        tokens = randint(0, vocabulary - 1, [batch, context], ScalarType.Int64);
        tokens.select(1, context - 1).fill_(vocabulary - 1);
        patches = backbone.Shape.Grid.Count;
        visible = patches / 4;
    }

    /// <summary>How many numbers are trained.</summary>
    public long Parameters { get; }

    /// <summary>Trains one step.</summary>
    public void Step()
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        var full = backbone.Encode(images);
        var sentences = space.ProjectTexts(text.Encode(tokens));
        var mask = PatchMask.KeepSmallest(rand(images.shape[0], patches), visible);
        var prediction = decoder.Predict(backbone.EncodeVisible(images, mask.Visible), mask.Restore);
        var loss = PlainLosses.Contrastive(space.ProjectImages(ImageTokens.Pool(full)), sentences, space.LogitScale)
            + target.Weight * PlainLosses.Language(space, prediction, full, sentences, mask, target);
        loss.backward();
        optimizer.step();
    }
}
