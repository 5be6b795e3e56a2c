using Rils.Contract;
using Rils.Scheduling;
using Rils.SimClr;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.SimClr;

public sealed class SimClrLossTests
{
    public static TheoryData<string> Cases => GoldenCases.Of("losses");

    [Theory, MemberData(nameof(Cases)), Trait("Category", "Golden")]
    public void Value_accuracy_and_gradients_are_those_of_SIMCLRLoss(string folder)
    {
        using var scope = NewDisposeScope();
        var golden = new GoldenCase(folder);
        var (inputs, expected) = (golden.Read("inputs"), golden.Read("outputs"));
        var (first, second) = (inputs["aug1_embed"].requires_grad_(), inputs["aug2_embed"].requires_grad_());
        var (term, accuracy) = Run(new() { Temperature = golden.Number("simclr_temperature") }, first, second);
        term.Value.backward();

        GoldenAssert.Close(expected["simclr.loss"], term.Value, 1e-5, "loss");
        GoldenAssert.Close(expected["simclr.acc"], accuracy * 100, 1e-5, "accuracy");
        GoldenAssert.CloseInNorm(expected["simclr.grad.aug1_embed"], first.grad!, 1e-4, "aug1_embed");
        GoldenAssert.CloseInNorm(expected["simclr.grad.aug2_embed"], second.grad!, 1e-4, "aug2_embed");
    }

    /// <summary>Equation 1, view by view.</summary>
    [Fact]
    public void It_is_the_mean_over_all_views_of_their_partners_share()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Draws.Normal("first", 5, 8), Draws.Normal("second", 5, 8));
        var (term, _) = Run(new() { Temperature = 0.2, Weight = 0.25 }, first, second);
        var all = cat([first, second]);
        var cosines = nn.functional.cosine_similarity(all.unsqueeze(1), all.unsqueeze(0), 2).data<float>().ToArray();
        var expected = Enumerable.Range(0, 10).Average(i =>
        {
            var others = Enumerable.Range(0, 10).Where(j => j != i).Sum(j => Math.Exp(cosines[10 * i + j] / 0.2));
            return Math.Log(others) - cosines[10 * i + (i + 5) % 10] / 0.2;
        });
        Assert.Equal(expected, term.Value.item<float>(), 1e-5);
        Assert.Equal(("simclr", 0.25), (term.Name, term.Weight));
    }

    [Fact]
    public void Bf16_embeddings_are_compared_in_fp32()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Draws.Normal("first", 5, 8).to(ScalarType.BFloat16),
            Draws.Normal("second", 5, 8).to(ScalarType.BFloat16));
        var (term, accuracy) = Run(new(), first, second);
        var (wide, _) = Run(new(), first.to(ScalarType.Float32), second.to(ScalarType.Float32));
        Assert.Equal(ScalarType.Float32, term.Value.dtype);
        Assert.Equal(wide.Value.item<float>(), term.Value.item<float>());
        Assert.InRange(accuracy.item<float>(), 0, 1);
    }

    static (LossTerm Term, Tensor Accuracy) Run(SimClrOptions options, Tensor first, Tensor second)
    {
        var (losses, metrics) = (new Append<LossTerm>("simclr"), new Append<Metric>("simclr"));
        SimClrLoss.Loss(options, new(first, second), losses, metrics);
        var metric = Assert.Single(new Collected<Metric>(metrics));
        Assert.Equal("simclr.accuracy", metric.Name);
        return (Assert.Single(new Collected<LossTerm>(losses)), metric.Value);
    }
}
