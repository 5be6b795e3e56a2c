using Rils.Contract;
using Rils.Layers;
using Rils.Models;
using Rils.Tests.Plugins.Fakes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>The residual stream in fp32 while the modules compute in bf16.</summary>
public sealed class ResidualTests : IDisposable
{
    const int Depth = 12;

    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    static readonly PatchShape Patches = new(new(4, 4), 8, 1);

    static readonly (string Name, Func<bool, nn.Module> Make, Func<nn.Module, Tensor> Run)[] Models =
    [
        ("vit", residual => Drawn(new Vit(new()
        {
            Patch = 8, Width = 32, Depth = Depth, Heads = 2, ResidualInFp32 = residual,
        }, 32), static (made, random) => made.Initialize(random)),
            static made => ((Vit)made).Encode(Draws.Normal("images", 4, 3, 32, 32))),
        ("visible patches", residual => Drawn(new Vit(new()
        {
            Patch = 8, Width = 32, Depth = Depth, Heads = 2, ResidualInFp32 = residual, Registers = 2, DropPath = 0.1,
        }, 32), static (made, random) => made.Initialize(random)),
            static made => ((Vit)made).EncodeVisible(Draws.Normal("images", 4, 3, 32, 32),
                arange(5, ScalarType.Int64).expand(4, -1), ones(4, Depth, 2) * 0.5)),
        ("text", residual => Drawn(new TextTransformer(new()
        {
            Context = 12, Width = 32, Depth = Depth, Heads = 2, ResidualInFp32 = residual,
        }, 64), static (made, random) => made.Initialize(random)),
            static made => ((TextTransformer)made).Encode((arange(48, ScalarType.Int64) * 7 % 64).view(4, 12))),
        ("decoder", residual => Drawn(new MaskedDecoder(new()
        {
            Width = 32, Depth = Depth, Heads = 2, ResidualInFp32 = residual,
        }, new(new(32), Patches, new(48))), static (made, random) => made.Initialize(random)),
            static made => ((MaskedDecoder)made).Predict(
                Draws.Normal("tokens", 4, 6, 32).to(((MaskedDecoder)made).parameters().First().dtype),
                Draws.Normal("order", 4, 16).argsort(1))),
    ];

    public static TheoryData<string> Names => [.. Models.Select(model => model.Name)];

    [Theory, MemberData(nameof(Names))]
    public void In_fp32_it_changes_no_bit(string name)
    {
        using var gradient = no_grad();
        var (_, make, run) = Models.Single(model => model.Name == name);
        Assert.True(run(make(true)).Equals(run(make(false))));
    }

    [Theory, MemberData(nameof(Names))]
    public void In_bf16_the_result_is_nearer_to_that_of_fp32_and_still_bf16(string name)
    {
        var (_, make, run) = Models.Single(model => model.Name == name);
        var exact = run(make(false)).detach();
        var (inFp32, inBf16) = (Narrow(make(true)), Narrow(make(false)));
        var (near, far) = (run(inFp32), run(inBf16));
        Assert.Equal((ScalarType.BFloat16, ScalarType.BFloat16), (near.dtype, far.dtype));
        Assert.True(Error(near) < 0.8 * Error(far), $"{name}: {Error(near)} is not below {Error(far)}");
        near.to(ScalarType.Float32).pow(2).sum().backward();
        Assert.All(inFp32.named_parameters().Where(pair => pair.parameter.grad is not null && pair.parameter.ndim > 1
            && !pair.name.StartsWith("token_embedding", StringComparison.Ordinal)),
            pair => Assert.True(pair.parameter.grad!.isfinite().all().item<bool>(), pair.name));

        float Error(Tensor found) => (found.detach().to(ScalarType.Float32) - exact).norm().item<float>();
    }

    /// <summary>Rounds the weights as the engine does: those of norms stay in fp32.</summary>
    static nn.Module Narrow(nn.Module made)
    {
        made.to(ScalarType.BFloat16);
        foreach (var norm in made.modules().OfType<LayerNorm>()) norm.to(ScalarType.Float32);
        return made;
    }

    static T Drawn<T>(T made, Action<T, RandomStream> draw) where T : nn.Module
    {
        draw(made, RandomStream.Root(5));
        return made;
    }
}
