using Rils.Contract;
using Rils.Layers;
using Rils.Models;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>Properties of the image models that hold for any weights.</summary>
public sealed class ModelShapeTests : IDisposable
{
    const double Rounding = 1e-5;
    readonly DisposeScope scope = NewDisposeScope();
    readonly Vit vit = new(new() { Patch = 4, Width = 24, Depth = 2, Heads = 3 }, 16);
    readonly MaskedDecoder decoder;
    readonly Tensor images = rand(3, 3, 16, 16);

    public ModelShapeTests()
    {
        decoder = new(new() { Width = 16, Heads = 2 }, new(vit.Shape, vit.Patches, new(7)));
        vit.Initialize(RandomStream.Root(1));
        decoder.Initialize(RandomStream.Root(2));
    }

    public void Dispose() => scope.Dispose();

    [Fact]
    public void All_patches_visible_is_the_whole_image_in_any_order()
    {
        var full = vit.Encode(images);
        var order = stack([.. Enumerable.Range(0, 3).Select(_ => randperm(16))]);
        var permuted = vit.EncodeVisible(images, order);
        GoldenAssert.Close(full.narrow(1, 0, 1), permuted.narrow(1, 0, 1), Rounding, "class token");
        var back = (order.argsort(dim: 1) + 1).unsqueeze(-1).expand(3, 16, 24);
        GoldenAssert.Close(full.narrow(1, 1, 16), permuted.gather(1, back), Rounding, "patches");
    }

    [Fact]
    public void The_embedding_is_the_convolution_of_its_weight()
    {
        var embedding = new PatchEmbedding(4, 24);
        var (weight, bias) = (embedding.get_parameter("proj.weight")!, embedding.get_parameter("proj.bias")!);
        var expected = nn.functional.conv2d(images, weight, bias, strides: [4, 4]).flatten(2).transpose(1, 2);
        GoldenAssert.Close(expected, embedding.forward(embedding.Cut(images)), Rounding, "tokens");
    }

    [Fact]
    public void Hidden_patches_do_not_reach_the_encoder()
    {
        var visible = tensor(new long[] { 5, 0 }).expand(3, 2).contiguous();
        var changed = images.clone();
        changed.narrow(3, 8, 8).fill_(9);
        Assert.True(vit.EncodeVisible(images, visible).Equals(vit.EncodeVisible(changed, visible)));
        Assert.False(vit.Encode(images).Equals(vit.Encode(changed)));
    }

    [Fact]
    public void No_image_at_all_gives_empty_tokens_and_zero_gradients()
    {
        var none = zeros(0, 3, 16, 16);
        var tokens = vit.EncodeVisible(none, zeros(0, 4, ScalarType.Int64));
        var predicted = decoder.Predict(tokens, zeros(0, 16, ScalarType.Int64));
        Assert.Equal([0, 5, 24], tokens.shape);
        Assert.Equal([0, 17, 7], predicted.shape);
        predicted.sum().backward();
        Assert.All(vit.parameters().Concat(decoder.parameters()),
            parameter => Assert.Equal(0, parameter.grad!.abs().max().item<float>()));
    }

    /// <summary>So a gate saves exactly the masked pass of the images that it drops, since images do not
    /// interact.</summary>
    [Theory]
    [InlineData(1L)]
    [InlineData(2L, 0L)]
    [InlineData(0L, 1L, 2L)]
    public void The_masked_pass_of_some_images_is_theirs_in_that_of_all(params long[] selected)
    {
        var noise = rand(3, 16).argsort(dim: 1);
        var (rows, restore) = (tensor(selected), noise.argsort(dim: 1));
        var direction = rand(selected.Length, 17, 7);
        Tensor[] parameters = [.. vit.parameters(), .. decoder.parameters()];

        var all = decoder.Predict(vit.EncodeVisible(images, noise[.., ..4].contiguous()), restore)
            .index_select(0, rows);
        var some = decoder.Predict(vit.EncodeVisible(images.index_select(0, rows),
            noise[.., ..4].index_select(0, rows)), restore.index_select(0, rows));

        GoldenAssert.Close(all, some, 1e-6, "prediction");
        var expected = autograd.grad([all], parameters, [direction], allow_unused: true);
        var actual = autograd.grad([some], parameters, [direction], allow_unused: true);
        GoldenAssert.CloseInNorm(Whole(expected), Whole(actual), 1e-6, "gradient");

        Tensor Whole(IList<Tensor> gradients) => cat([.. gradients.Where(gradient => gradient is not null
            && !gradient.IsInvalid).Select(gradient => gradient.flatten())]);
    }

    [Fact]
    public void Parameters_may_become_views_of_one_flat_buffer()
    {
        var before = vit.Encode(images);
        using (no_grad())
        {
            var flat = cat([.. vit.parameters().Select(parameter => parameter.flatten())]).DetachFromDisposeScope();
            var at = 0L;
            foreach (var parameter in vit.parameters())
            {
                parameter.set_(flat.narrow(0, at, parameter.numel()).view(parameter.shape));
                at += parameter.numel();
            }
            Assert.True(before.Equals(vit.Encode(images)));
            flat.zero_();
        }
        Assert.Equal(0, vit.Encode(images).abs().max().item<float>());
    }

    [Fact]
    public void A_forward_pass_leaves_one_tensor_behind()
    {
        using var gradient = no_grad();
        using var own = NewDisposeScope();
        var visible = zeros(3, 4, ScalarType.Int64);
        var tokens = vit.EncodeVisible(images, visible);
        var restore = arange(16).expand(3, 16).contiguous();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        vit.Encode(images);
        vit.EncodeVisible(images, visible);
        decoder.Predict(tokens, restore);
        Assert.Equal(before + 3, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_decoder_without_width_and_heads_is_as_wide_as_the_backbone()
    {
        var (wide, patches) = (new BackboneShape(192), new PatchShape(new(2, 2), 8, 1));
        var plain = new MaskedDecoder(new(), new(wide, patches, new(192)));
        Assert.Equal([192, 192], plain.get_parameter("decoder_blocks.0.attn.proj.weight")!.shape);
        Assert.Equal(new MaskedDecoder(new() { Width = 192, Heads = 3 }, new(wide, patches, new(192))).Flops(1),
            plain.Flops(1));
    }

    [Theory]
    [InlineData(5, 24, 3, "[backbone] patch = 5")]
    [InlineData(4, 24, 5, "[backbone] width = 24 is not divisible by heads = 5")]
    [InlineData(4, 6, 3, "[backbone] width = 6 is not divisible by 4")]
    public void A_backbone_that_cannot_be_says_why(int patch, int width, int heads, string message)
    {
        var options = new VitOptions { Patch = patch, Width = width, Heads = heads };
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => new Vit(options, 16)).Message);
    }

    [Theory]
    [InlineData(24, 5, "[decoder] width = 24 is not divisible by heads = 5")]
    [InlineData(6, 3, "[decoder] width = 6 is not divisible by 4")]
    public void A_decoder_that_cannot_be_says_why(int width, int heads, string message)
    {
        var options = new MaskedDecoderOptions { Width = width, Heads = heads };
        Assert.StartsWith(message,
            Assert.Throws<ArgumentException>(() =>
                new MaskedDecoder(options, new(vit.Shape, vit.Patches, new(7)))).Message);
    }
}
