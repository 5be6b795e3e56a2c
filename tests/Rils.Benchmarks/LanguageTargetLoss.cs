using BenchmarkDotNet.Attributes;
using Rils.Contract;
using Rils.LanguageTarget;
using Rils.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Benchmarks;

/// <summary>The language target's loss and its gradients with all images selected, fp32: 256 images of 196 patches as
/// in the paper, but tokens of 192 numbers instead of 768, and a space of 128 dimensions instead of 512.</summary>
[MemoryDiagnoser]
public class LanguageTargetLoss
{
    const int Batch = 256, Patches = 196, Width = 192;

    readonly LanguageTargetOptions options = new() { Gate = Gate.None, Prototypes = Prototypes.Detached };
    readonly LinearSpace space = new(new() { Dim = 128 }, new(new(Width), new(128, 32)));
    readonly Tensor tokens = randn(Batch, 1 + Patches, Width),
        predicted = randn(Batch, 1 + Patches, Width, requires_grad: true);
    readonly Tensor sentences = randn(Batch, 128), images = arange(Batch, ScalarType.Int64), past = empty(0, 128);
    readonly PatchMask mask = PatchMask.KeepSmallest(rand(Batch, Patches), Patches / 4);

    [GlobalSetup]
    public void Setup() => space.Initialize(RandomStream.Root(0));

    /// <summary>The plugin's form: hidden patches only, in pieces.</summary>
    [Benchmark]
    public void Ours() => Backward(() =>
        new LanguageDivergence(options, new(tokens, 1), space, new(4))
            .OfEach(new(predicted, mask), images, sentences, past).sum() / mask.Hidden.numel());

    /// <summary>The paper's form: logits of every patch.</summary>
    [Benchmark(Baseline = true)]
    public void Plain() => Backward(() => PlainLosses.Language(space, predicted, tokens, sentences, mask, options));

    void Backward(Func<Tensor> loss)
    {
        using var scope = NewDisposeScope();
        predicted.grad?.zero_();
        ActivationCheckpoint.Backward(loss());
    }
}
