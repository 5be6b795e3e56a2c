using Rils.Contract;
using Rils.Contrastive;
using Rils.Scheduling;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Contrastive;

public sealed class ContrastiveLossTests
{
    const int Dimensions = 8;

    public static TheoryData<string> Cases => GoldenCases.Of("losses");

    [Theory, MemberData(nameof(Cases)), Trait("Category", "Golden")]
    public void Value_accuracy_and_gradients_are_those_of_CLIPLoss(string folder)
    {
        using var scope = NewDisposeScope();
        var golden = new GoldenCase(folder);
        var (inputs, expected) = (golden.Read("inputs"), golden.Read("outputs"));
        var (images, texts, scale) = (Leaf(inputs["image_embed"]), Leaf(inputs["text_embed"]),
            Leaf(inputs["logit_scale"]));
        var (term, metrics) = Run(new(), images, texts, DistinctCaptions((int)images.shape[0]), scale);
        term.Value.backward();

        GoldenAssert.Close(expected["clip.loss"], term.Value, 1e-5, "loss");
        GoldenAssert.Close(expected["clip.acc"], metrics["contrastive.accuracy"] * 100, 1e-5, "accuracy");
        GoldenAssert.Close(inputs["logit_scale"], metrics["contrastive.logit_scale"], 0, "logit_scale");
        GoldenAssert.CloseInNorm(expected["clip.grad.image_embed"], images.grad!, 1e-4, "image_embed");
        GoldenAssert.CloseInNorm(expected["clip.grad.text_embed"], texts.grad!, 1e-4, "text_embed");
        GoldenAssert.CloseInNorm(expected["clip.grad.logit_scale"], scale.grad!, 1e-4, "logit_scale");
    }

    public static TheoryData<string> Gathered => GoldenCases.Of("losses-gathered");

    [Theory, MemberData(nameof(Gathered)), Trait("Category", "Golden")]
    public void Value_and_gradients_are_those_of_CLIPLoss_on_several_processes(string folder)
    {
        using var scope = NewDisposeScope();
        var golden = new GoldenCase(folder);
        var inputs = golden.Read("inputs");
        foreach (var world in golden.Json.GetProperty("worlds").EnumerateObject())
        {
            var expected = golden.Read($"outputs-{world.Name}");
            var gather = int.Parse(world.Name, System.Globalization.CultureInfo.InvariantCulture);
            var (images, texts, scale) = (Leaf(inputs["image_embed"]), Leaf(inputs["text_embed"]),
                Leaf(inputs["logit_scale"]));
            var (term, metrics) = Run(new(), images, texts, DistinctCaptions((int)images.shape[0]), scale, gather);
            term.Value.backward();
            GoldenAssert.Close(expected["clip.loss"].mean(), term.Value, 1e-5, "loss");
            GoldenAssert.Close(
                expected["clip.clip_acc"].mean(), metrics["contrastive.accuracy"] * 100, 1e-5, "accuracy");
            GoldenAssert.Close(expected["clip.grad.image_embed"] / gather, images.grad!, 1e-5, "image_embed");
            GoldenAssert.Close(expected["clip.grad.text_embed"] / gather, texts.grad!, 1e-5, "text_embed");
            GoldenAssert.Close(expected["clip.grad.logit_scale"].mean(), scale.grad!, 1e-5, "logit_scale");
        }
    }

    /// <summary>Where features are gathered, each direction's softmax lacks the pairs, and gradients stay
    /// apart.</summary>
    [Fact]
    public void Equal_captions_leave_both_softmaxes_of_gathered_features()
    {
        using var scope = NewDisposeScope();
        var (images, texts) = (Draws.Leaf("images", 4, Dimensions), Draws.Leaf("texts", 4, Dimensions));
        var captions = tensor(new long[] { 1, 2, 1, 3 }, [4, 1]);
        var (alone, _) = Run(new() { MergeEqualCaptions = true }, images, texts, captions, tensor(14f));
        var (term, _) = Run(new() { MergeEqualCaptions = true }, images, texts, captions, tensor(14f), gather: 2);
        term.Value.backward();
        GoldenAssert.Close(alone.Value, term.Value, 1e-6, "loss");

        Tensor Half(Tensor own, Tensor others)
        {
            var logits = 14 * nn.functional.cosine_similarity(own.unsqueeze(1), others.detach().unsqueeze(0), 2);
            var apart = tensor(new[] { 0f, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0 }, [4, 4]) * 1e9f;
            return nn.functional.cross_entropy(logits - apart, arange(4)) / 2;
        }
        var (own, other) = (Leaf(images.detach()), Leaf(texts.detach()));
        (Half(own, other) + Half(other, own)).backward();
        GoldenAssert.Close(own.grad!, images.grad!, 1e-5, "images");
        GoldenAssert.Close(other.grad!, texts.grad!, 1e-5, "texts");
    }

    [Fact]
    public void It_is_the_mean_of_two_cross_entropies()
    {
        using var scope = NewDisposeScope();
        var (images, texts, scale) = (Draws.Normal("images", 6, Dimensions),
            Draws.Normal("texts", 6, Dimensions), tensor(14f));
        var (term, _) = Run(new() { Weight = 0.25 }, images, texts, DistinctCaptions(6), scale);
        var logits = 14 * nn.functional.cosine_similarity(images.unsqueeze(1), texts.unsqueeze(0), 2);
        var own = arange(6);
        var expected = (nn.functional.cross_entropy(logits, own) + nn.functional.cross_entropy(logits.t(), own)) / 2;
        GoldenAssert.Close(expected, term.Value, 1e-5, "loss");
        Assert.Equal(("contrastive", 0.25), (term.Name, term.Weight));
    }

    [Fact]
    public void Equal_captions_leave_each_others_softmax()
    {
        using var scope = NewDisposeScope();
        var images = Draws.Leaf("images", 4, Dimensions);
        var texts = Draws.Normal("texts", 4, Dimensions);
        texts[2] = texts[0]; // samples 0 and 2 have one caption
        var captions = tensor(new long[] { 1, 5, 9, 1, 6, 9, 1, 5, 9, 1, 5, 8 }, [4, 3]);
        var (term, metrics) = Run(new() { MergeEqualCaptions = true }, images, texts, captions, tensor(14f));
        term.Value.backward();

        var logits = (14 * nn.functional.cosine_similarity(images.unsqueeze(1), texts.unsqueeze(0), 2))
            .data<float>().ToArray();
        double Row(int i, IEnumerable<int> columns) =>
            -logits[i * 4 + i] + Math.Log(columns.Sum(j => Math.Exp(logits[i * 4 + j])));
        double Column(int j, IEnumerable<int> rows) =>
            -logits[j * 4 + j] + Math.Log(rows.Sum(i => Math.Exp(logits[i * 4 + j])));
        var others = (int i) => Enumerable.Range(0, 4).Where(j => (i, j) is not ((0, 2) or (2, 0)));
        var expected = Enumerable.Range(0, 4).Average(i => (Row(i, others(i)) + Column(i, others(i))) / 2);
        Assert.Equal(expected, term.Value.item<float>(), 1e-4);
        Assert.True(images.grad!.isfinite().all().item<bool>());
        Assert.InRange(metrics["contrastive.accuracy"].item<float>(), 0, 1);
    }

    [Fact]
    public void Merging_changes_nothing_where_all_captions_differ()
    {
        using var scope = NewDisposeScope();
        var (images, texts) = (Draws.Normal("images", 6, Dimensions), Draws.Normal("texts", 6, Dimensions));
        var (plain, _) = Run(new(), images, texts, DistinctCaptions(6), tensor(14f));
        var (merged, _) = Run(new() { MergeEqualCaptions = true }, images, texts, DistinctCaptions(6), tensor(14f));
        Assert.True(plain.Value.Equals(merged.Value));
    }

    [Fact]
    public void Embeddings_in_bf16_are_compared_in_fp32()
    {
        using var scope = NewDisposeScope();
        var images = Draws.Normal("images", 6, Dimensions).to(ScalarType.BFloat16);
        var (term, _) = Run(new(), images, images, DistinctCaptions(6), tensor(14f));
        Assert.Equal(ScalarType.Float32, term.Value.dtype);
    }

    [Fact]
    public void The_term_is_named_as_the_objective()
    {
        var system = Registrations.Of(new ContrastivePlugin()).Systems["contrastive"];
        Assert.Equal(Stage.Objective, system.Stage);
        using var scope = NewDisposeScope();
        var losses = new Append<LossTerm>("second");
        var images = Draws.Normal("images", 2, Dimensions);
        system.Body.DynamicInvoke(new ContrastiveOptions(), new ImageEmbedding(images), new TextEmbedding(images),
            new Maybe<CaptionTokens>(new(DistinctCaptions(2), [1, 1])),
            new IdentitySpace(Dimensions, tensor(1f)), new Gather(1), losses, new Append<Metric>("second"));
        Assert.Equal("second", Assert.Single(new Collected<LossTerm>(losses)).Name);
    }

    static (LossTerm Term, Dictionary<string, Tensor> Metrics) Run(
        ContrastiveOptions options, Tensor images, Tensor texts, Tensor captions, Tensor scale, int gather = 1)
    {
        var (losses, metrics) = (new Append<LossTerm>("contrastive"), new Append<Metric>("contrastive"));
        ContrastiveLoss.Loss(options, new(images), new(texts), new(new CaptionTokens(captions, [])),
            new IdentitySpace(Dimensions, scale), new(gather), losses, metrics);
        return (Assert.Single(new Collected<LossTerm>(losses)),
            new Collected<Metric>(metrics).ToDictionary(m => m.Name, m => m.Value));
    }

    static Tensor DistinctCaptions(int count) => arange(count).unsqueeze(1);

    static Tensor Leaf(Tensor values) => values.clone().requires_grad_();
}
