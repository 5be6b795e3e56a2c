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

    public static TheoryData<string> Gathered => GoldenCases.Of("losses-gathered");

    /// <summary>Its gather carries gradients, so that any number of processes has the gradients of one.</summary>
    [Theory, MemberData(nameof(Gathered)), Trait("Category", "Golden")]
    public void Value_and_gradients_are_those_of_SIMCLRLoss_on_several_processes(string folder)
    {
        using var scope = NewDisposeScope();
        var golden = new GoldenCase(folder);
        var inputs = golden.Read("inputs");
        var (first, second) = (inputs["aug1_embed"].requires_grad_(), inputs["aug2_embed"].requires_grad_());
        var (term, accuracy) = Run(new() { Temperature = golden.Number("simclr_temperature") }, first, second);
        term.Value.backward();
        foreach (var world in golden.Json.GetProperty("worlds").EnumerateObject())
        {
            var expected = golden.Read($"outputs-{world.Name}");
            var processes = expected["simclr.loss"].shape[0];
            GoldenAssert.Close(expected["simclr.loss"].mean(), term.Value, 1e-5, "loss");
            GoldenAssert.Close(expected["simclr.ssl_acc"].mean(), accuracy * 100, 1e-5, "accuracy");
            GoldenAssert.Close(expected["simclr.grad.aug1_embed"] / processes, first.grad!, 1e-5, "aug1_embed");
            GoldenAssert.Close(expected["simclr.grad.aug2_embed"] / processes, second.grad!, 1e-5, "aug2_embed");
        }
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

    /// <summary>Equation 2 of Khosla et al. 2020, view by view, where every image is a class.</summary>
    [Theory]
    [InlineData(2), InlineData(3), InlineData(5)]
    public void With_more_views_all_others_of_the_image_are_positives(int count)
    {
        using var scope = NewDisposeScope();
        Tensor[] views = [.. Enumerable.Range(0, count).Select(view => Draws.Normal($"view {view}", 4, 8))];
        var (term, accuracy) = Run(new() { Temperature = 0.3 }, views);
        var all = cat(views);
        var cosines = nn.functional.cosine_similarity(all.unsqueeze(1), all.unsqueeze(0), 2).data<float>().ToArray();
        var rows = Enumerable.Range(0, 4 * count).ToArray();
        double Logit(int i, int j) => cosines[4 * count * i + j] / 0.3;
        bool Same(int i, int j) => i != j && i % 4 == j % 4;
        var expected = rows.Average(i => rows.Where(j => Same(i, j)).Average(j =>
            Math.Log(rows.Where(other => other != i).Sum(other => Math.Exp(Logit(i, other)))) - Logit(i, j)));
        Assert.Equal(expected, term.Value.item<float>(), 1e-5);
        var right = Enumerable.Range(0, 4).Average(i =>
            Same(i, rows.Where(j => j != i).MaxBy(j => Logit(i, j))) ? 1.0 : 0);
        Assert.Equal(right, accuracy.item<float>(), 1e-6);
    }

    /// <summary>The numbers are those of the build before there could be more than two views: value, accuracy and
    /// gradients to the bit.</summary>
    [Fact]
    public void Two_views_have_the_bits_of_the_sum_over_two()
    {
        using var scope = NewDisposeScope();
        var (first, second) = (Draws.Normal("first", 24, 16).requires_grad_(),
            Draws.Normal("second", 24, 16).requires_grad_());
        var (term, accuracy) = Run(new(), first, second);
        term.Value.backward();
        var (own, others) = (first.grad!.clone(), second.grad!.clone());
        first.grad.zero_();
        second.grad.zero_();
        var (value, right) = OfTwo(first, second, 0.1);
        value.backward();
        Assert.True(value.Equals(term.Value));
        Assert.True(right.Equals(accuracy));
        Assert.True(first.grad.Equals(own));
        Assert.True(second.grad.Equals(others));

        static (Tensor Value, Tensor Accuracy) OfTwo(Tensor one, Tensor other, double temperature)
        {
            var (first, second) = (Rils.Measures.Similarity.Unit(one), Rils.Measures.Similarity.Unit(other));
            var own = 1e9f * eye(first.shape[0]);
            var across = first.matmul(second.t()) / temperature;
            var fromFirst = cat([across, first.matmul(first.t()) / temperature - own], 1);
            var fromSecond = cat([across.t(), second.matmul(second.t()) / temperature - own], 1);
            var both = (fromFirst.logsumexp(1) + fromSecond.logsumexp(1)).mean();
            return (both / 2 - across.diagonal().mean(), Rils.Measures.Similarity.Accuracy(fromFirst.detach()));
        }
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

    static (LossTerm Term, Tensor Accuracy) Run(SimClrOptions options, params Tensor[] views)
    {
        var (losses, metrics) = (new Append<LossTerm>("simclr"), new Append<Metric>("simclr"));
        SimClrLoss.Loss(options, new(views), losses, metrics);
        var metric = Assert.Single(new Collected<Metric>(metrics));
        Assert.Equal("simclr.accuracy", metric.Name);
        return (Assert.Single(new Collected<LossTerm>(losses)), metric.Value);
    }
}
