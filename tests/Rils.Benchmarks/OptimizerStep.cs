using BenchmarkDotNet.Attributes;
using Rils.Contract;
using Rils.AdamW;
using Rils.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Benchmarks;

/// <summary>One AdamW step over the parameters of a ViT of width 192 and depth 12: 5.4 million numbers in some 160
/// tensors, or in one flat buffer.</summary>
[MemoryDiagnoser]
public class OptimizerStep
{
    const double LearningRate = 1e-3, Decay = 0.1;

    // Kept: a module that is collected takes its parameters along.
    readonly Vit vit = new(new() { Patch = 8, Width = 192, Heads = 3 }, 64);
    Weights flat = null!;
    Contract.OptimizerState state = null!;
    FusedAdamW fused = null!;
    optim.Optimizer plain = null!;

    [GlobalSetup]
    public void Setup()
    {
        Parameter[] parameters = [.. vit.parameters()];
        foreach (var parameter in parameters) parameter.grad = randn_like(parameter);
        plain = optim.AdamW(parameters, LearningRate, beta1: 0.9, beta2: 0.98, weight_decay: Decay);
        var size = parameters.Sum(parameter => parameter.numel());
        flat = new([new("decay", 1, zeros(size), randn(size))], new Dictionary<string, Tensor>(),
            new Dictionary<string, Tensor>());
        fused = new(new() { WeightDecay = Decay });
        state = fused.Start(flat);
    }

    [Benchmark]
    public void Fused() => fused.Step(flat, state, LearningRate);

    [Benchmark(Baseline = true)]
    public void TorchSharp()
    {
        using var scope = NewDisposeScope();
        plain.step();
    }
}
