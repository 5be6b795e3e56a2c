using Rils.Contract;
using Rils.Scheduling;
using Rils.Engine.Training;
using Rils.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Training;

public sealed class MixedPrecisionTests
{
    static readonly VitOptions Options = new() { Patch = 8, Width = 16, Depth = 2, Heads = 2 };
    static readonly TextTransformerOptions TextOptions = new() { Context = 8, Width = 16, Depth = 1, Heads = 2 };

    [Fact]
    public void Matrices_are_bf16_norms_embeddings_and_scalars_fp32_and_all_masters_and_gradients_fp32()
    {
        var (modules, weights) = Make(mixed: true);
        var types = modules.SelectMany(part => part.Module.named_parameters()
            .Select(p => (Name: part.Prefix + p.name, p.parameter))).ToDictionary(p => p.Name, p => p.parameter);
        foreach (var (name, parameter) in types)
        {
            var keepsFp32 = name.Contains("norm") || name.Contains("ln_")
                || name is "token_embedding.weight" or "logit_scale";
            Assert.True(parameter.dtype == (keepsFp32 ? ScalarType.Float32 : ScalarType.BFloat16),
                $"{name} is {parameter.dtype}");
            Assert.Equal(ScalarType.Float32, parameter.grad!.dtype);
            Assert.Equal(ScalarType.Float32, weights.Parameters[name].dtype);
            Assert.Equal(0, Address(parameter) % 64); // alignment decides which kernels run, and so the bits
        }
        Assert.Equal(weights.Parameters.Keys.Order(StringComparer.Ordinal), types.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_the_optimizer_writes_reaches_the_modules_rounded()
    {
        var (modules, weights) = Make(mixed: true);
        using var constant = no_grad();
        foreach (var group in weights.Groups) group.Values.fill_(1.001);
        weights.CastToBf16();
        foreach (var part in modules)
            foreach (var (name, parameter) in part.Module.named_parameters())
                Assert.Equal(parameter.dtype == ScalarType.BFloat16 ? 1f : 1.001f,
                    parameter.to(ScalarType.Float32).flatten()[0].item<float>());
    }

    [Fact]
    public void Gradients_are_those_of_fp32_to_the_precision_of_bf16()
    {
        var (single, mixed) = (Gradient(mixed: false), Gradient(mixed: true));
        var error = (single - mixed).norm().item<float>() / single.norm().item<float>();
        // bf16 has 8 significant bits: each product is off by 0.2 to 0.4%, and a few dozen products follow each other.
        Assert.InRange(error, 1e-4, 0.03);
    }

    static Tensor Gradient(bool mixed)
    {
        var (modules, weights) = Make(mixed);
        var (vit, text, space) = ((Vit)modules[0].Module, (TextTransformer)modules[1].Module,
            (LinearSpace)modules[2].Module);
        using var random = new Generator(3);
        var images = randn([6, 3, 32, 32], generator: random);
        var tokens = randint(1, 40, [6, 8], ScalarType.Int64, generator: random);
        var left = nn.functional.normalize(space.ProjectImages(vit.Pool(vit.Encode(images)))
            .to(ScalarType.Float32), dim: -1);
        var right = nn.functional.normalize(space.ProjectTexts(text.Encode(tokens)).to(ScalarType.Float32), dim: -1);
        var logits = space.LogitScale * left.matmul(right.t());
        Assert.Equal(ScalarType.Float32, logits.dtype);
        nn.functional.cross_entropy(logits, arange(6)).backward();
        return cat(weights.Groups.Select(group => group.Gradient).ToArray());
    }

    static (Trainable[] Parts, Weights Weights) Make(bool mixed)
    {
        var vit = new Vit(Options, 32);
        var text = new TextTransformer(TextOptions, 40);
        var space = new LinearSpace(new() { Dim = 16 }, new(vit.Shape, text.Shape));
        var seed = RandomStream.Root(5);
        vit.Initialize(seed.Fork("vit"));
        text.Initialize(seed.Fork("text"));
        space.Initialize(seed.Fork("space"));
        Trainable[] parts = [new("visual.", vit), new("", text), new("", space)];
        WeightsSetup.Setup(Collected(parts), new DeviceName("cpu"), mixed ? new(new MixedPrecision()) : default,
            default, Collected<ParameterRule>(DecayRule.Of), out var weights);
        return (parts, weights);
    }

    static Collected<T> Collected<T>(params T[] items)
    {
        var append = new Append<T>("test");
        foreach (var item in items) append.Add(item);
        return new(append);
    }

    static unsafe long Address(Tensor tensor)
    {
        fixed (byte* first = tensor.bytes) return (long)first;
    }
}
