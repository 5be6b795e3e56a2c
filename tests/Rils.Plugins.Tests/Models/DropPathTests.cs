using Rils.Contract;
using Rils.Layers;
using Rils.Models;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>Drop path against the authors' model, and what the place of its noise promises.</summary>
public sealed class DropPathTests : IDisposable
{
    const int Batch = 24, Blocks = 4;
    readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Theory, Trait("Category", "Golden")]
    [MemberData(nameof(GoldenCases.Of), "finetune-droppath", MemberType = typeof(GoldenCases))]
    public void Tokens_loss_and_gradients_are_the_authors(string folder)
    {
        var golden = new GoldenCase(folder);
        foreach (var (mode, recompute) in ((string, bool)[])[("train", false), ("train", true), ("eval", false)])
        {
            var (inputs, outputs, weights) = (golden.Read("inputs"), golden.Read("outputs"), golden.Read("weights"));
            var vit = new Vit(new()
            {
                Patch = golden["patch_size"], Width = golden["width"], Depth = golden["depth"],
                Heads = golden["heads"], QkvBias = QkvBias.Qkv, Positions = Positions.Learned, Pooling = Pooling.Class,
                DropPath = golden.Number("drop_path_rate"), Recompute = recompute,
            }, golden["image_size"]);
            var head = nn.Linear(golden["width"], golden["classes"]);
            var taken = new GoldenWeights(weights);
            taken.Load(vit, "");
            taken.Load(head, "head.");
            taken.AssertAllTaken();
            Assert.Equal(new NoiseShape(golden["depth"], 2), vit.Noise);
            // The case has [block, branch, sample].
            var noise = mode == "train" ? inputs["drop_noise"].permute(2, 0, 1).contiguous() : null;
            var tokens = vit.Encode(inputs["images"], noise);
            var logits = head.forward(vit.Pool(tokens));
            var loss = nn.functional.cross_entropy(logits, inputs["labels"]);
            ActivationCheckpoint.Backward(loss);
            foreach (var (name, actual) in (IEnumerable<(string, Tensor)>)
                [("tokens", tokens), ("logits", logits), ("loss", loss)])
                GoldenAssert.Close(outputs[$"{mode}.{name}"], actual, 1e-4, $"{mode}.{name}");
            var gradients = golden.Read($"grads-{mode}");
            foreach (var (name, parameter) in vit.named_parameters()
                .Concat(head.named_parameters().Select(part => ($"head.{part.name}", part.parameter))))
                GoldenAssert.Close(gradients[name], parameter.grad!, 1e-4, $"{mode}: gradient of {name}");
        }
    }

    [Theory, Trait("Category", "Golden")]
    [MemberData(nameof(GoldenCases.Of), "finetune-droppath", MemberType = typeof(GoldenCases))]
    public void The_authors_keep_the_same_branches_scaled_by_what_is_kept(string folder)
    {
        var golden = new GoldenCase(folder);
        var (noise, kept) = (golden.Read("inputs")["drop_noise"], golden.Read("outputs")["kept"]);
        for (var block = 0; block < golden["depth"]; block++)
            for (var branch = 0; branch < 2; branch++)
            {
                var rate = DropPath.RateOf(golden.Number("drop_path_rate"), block, golden["depth"]);
                Assert.Equal(golden.Json.GetProperty("drop_path_rates")[block].GetDouble(), rate, 1e-7);
                var ones = torch.ones(golden["batch"], 3, 5);
                var dropped = DropPath.Apply(ones, noise[block][branch], rate)[.., 0, 0];
                Assert.True(kept[block][branch].ne(0).Equals(dropped.ne(0)), $"block {block}, branch {branch}");
                GoldenAssert.Close(dropped.ne(0).to(ScalarType.Float32) / (1 - rate), dropped, 1e-6, "scale");
            }
    }

    /// <summary>The noise is one more tensor with a row per sample: which samples are computed together, and whether a
    /// block runs again, changes no sample.</summary>
    [Theory]
    [InlineData(4, null, false)]
    [InlineData(4, null, true)]
    [InlineData(1, 7, false)]
    [InlineData(4, 8, true)]
    public void Parts_chunks_and_recomputation_change_neither_tokens_nor_gradients(
        int parts, int? chunk, bool recompute)
    {
        var (images, visible, noise) = Inputs();
        var plain = Of(Drawn(), new BatchParts(1));
        var cut = Of(Drawn(recompute: recompute), new BatchParts(parts, chunk));
        GoldenAssert.Close(plain.Tokens, cut.Tokens, 1e-6, "tokens");
        foreach (var (expected, gradient) in plain.Gradients.Zip(cut.Gradients))
            GoldenAssert.CloseInNorm(expected, gradient, 5e-6, "gradient");

        (Tensor Tokens, Tensor[] Gradients) Of(Vit vit, BatchParts cut)
        {
            foreach (var parameter in vit.parameters()) parameter.grad = zeros_like(parameter);
            var tokens = cut.Encode(vit, rows => vit.EncodeVisible(rows[0], rows[1], rows[2]), images, visible, noise);
            ActivationCheckpoint.Backward(tokens.square().sum());
            return (tokens.detach(), [.. vit.parameters().Select(parameter => parameter.grad!)]);
        }
    }

    [Fact]
    public void Selected_samples_take_their_own_noise()
    {
        using var constant = no_grad();
        var vit = Drawn();
        var (images, visible, noise) = Inputs();
        var rows = tensor(new long[] { 20, 3, 3, 11 });
        var all = vit.EncodeVisible(images, visible, noise).index_select(0, rows);
        GoldenAssert.Close(all, vit.EncodeVisible(images.index_select(0, rows), visible.index_select(0, rows),
            noise.index_select(0, rows)), 1e-6, "tokens");
        Assert.NotEqual(0, (all - vit.EncodeVisible(images.index_select(0, rows), visible.index_select(0, rows),
            noise.narrow(0, 0, 4))).abs().max().item<float>());
    }

    [Fact]
    public void Without_noise_nothing_is_dropped_and_the_first_block_never_drops()
    {
        using var constant = no_grad();
        var (dropping, plain) = (Drawn(), Drawn(rate: 0));
        var (images, _, noise) = Inputs();
        Assert.Null(plain.Noise);
        var expected = plain.Encode(images);
        Assert.True(expected.Equals(dropping.Encode(images)));
        var evaluated = new ArmModel(dropping, null, null, null, CPU, new(1)).EncodeImages(images);
        Assert.True(plain.Pool(expected).Equals(evaluated));
        var zeros = torch.zeros_like(noise); // drops whatever can be dropped
        var others = zeros.clone();
        others.narrow(1, 0, 1).fill_(0.99f);
        Assert.True(dropping.Encode(images, zeros).Equals(dropping.Encode(images, others)));
        Assert.False(expected.Equals(dropping.Encode(images, zeros)));
    }

    /// <summary>The mean over the noise of the output of one branch is the branch, in either type.</summary>
    [Theory]
    [InlineData(ScalarType.Float32, 1e-2)]
    [InlineData(ScalarType.BFloat16, 2e-2)]
    public void The_mean_over_the_noise_is_the_branch_and_its_type_stays(ScalarType type, double tolerance)
    {
        const int Samples = 100_000;
        var branch = torch.tensor(new[] { 3f, -5f }).to(type).expand(Samples, 1, 2);
        var noise = (arange(Samples, ScalarType.Float32) + 0.5f) / Samples; // a uniform grid in place of draws
        var dropped = DropPath.Apply(branch, noise, 0.3);
        Assert.Equal(type, dropped.dtype);
        GoldenAssert.Close(tensor(new[] { 3f, -5f }), dropped.to(ScalarType.Float32).mean([0L, 1L]), tolerance, "mean");
    }

    [Fact]
    public void A_rate_that_drops_nothing_is_refused()
    {
        var options = new VitOptions { Patch = 4, Width = 16, Heads = 2, Depth = 1, DropPath = 0.1 };
        var message = Assert.Throws<ArgumentException>(() => new Vit(options, 16)).Message;
        Assert.StartsWith("[backbone] drop_path = 0.1 drops nothing, since the first block's rate is 0 and depth = 1; ",
            message);
        Assert.Contains(options.Validate(new(options)), mistake => message.EndsWith(mistake.ErrorMessage!));
    }

    static Vit Drawn(double rate = 0.6, bool recompute = false)
    {
        var vit = new Vit(new()
        {
            Patch = 4, Width = 24, Depth = Blocks, Heads = 3, DropPath = rate, Recompute = recompute, LayerScale = 0.5,
        }, 16);
        vit.Initialize(RandomStream.Root(1));
        return vit;
    }

    static (Tensor Images, Tensor Visible, Tensor Noise) Inputs() => (rand(Batch, 3, 16, 16),
        stack([.. Enumerable.Range(0, Batch).Select(_ => randperm(16)[..5])]), rand(Batch, Blocks, 2));
}
