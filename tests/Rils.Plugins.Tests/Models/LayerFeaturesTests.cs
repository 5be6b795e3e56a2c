using Rils.Contract;
using Rils.Layers;
using Rils.Models;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Models;

/// <summary>Features by layer: those of a shallower model with the same weights.</summary>
public sealed class LayerFeaturesTests : IDisposable
{
    const int Size = 32;

    readonly TorchSharp.DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    public static TheoryData<VitOptions> Kinds =>
    [
        Small, Small with { Pooling = Pooling.Class, QkvBias = QkvBias.Qkv },
        Small with { Registers = 3, PreNorm = true, Positions = Positions.Learned, LayerScale = 0.3, DropPath = 0.5 },
    ];

    static VitOptions Small => new() { Patch = 8, Width = 16, Depth = 3, Heads = 2 };

    static Tensor Images(long count) => Fakes.Draws.Normal("images", count, 3, Size, Size);

    /// <summary>A model of some depth whose weights lie where those of the deeper ones do.</summary>
    static Vit Drawn(VitOptions options, int depth)
    {
        var vit = new Vit(options with { Depth = depth }, Size);
        vit.Initialize(RandomStream.Root(1));
        return vit;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_layer_has_the_features_of_a_model_that_ends_there(VitOptions options)
    {
        using var constant = no_grad();
        var (vit, images) = (Drawn(options, 3), Images(4));
        Assert.Equal(3, vit.Shape.Layers);
        var layers = vit.LayerFeatures(images, [1, 2, 3]);
        // The rate of drop path, which evaluation ignores, needs two blocks.
        foreach (var depth in (int[])[1, 2, 3])
            Assert.True(Drawn(options with { DropPath = depth > 1 ? options.DropPath : 0 }, depth).Features(images)
                .Equals(layers[depth - 1]), $"{depth}");
        Assert.True(vit.Features(images).Equals(layers[2]));
        Assert.True(Assert.Single(vit.LayerFeatures(images, [2])).Equals(layers[1]));
    }

    [Theory]
    [InlineData(18)]
    [InlineData(50)]
    public void A_residual_network_has_the_means_of_its_stages(int depth)
    {
        using var constant = no_grad();
        var (network, images) = (new ResNet(new() { Depth = depth }, Size), Images(3));
        network.Initialize(RandomStream.Root(1));
        network.eval();
        var layers = network.LayerFeatures(images, [1, 3, 4]);
        var maps = network.EncodeMaps(images);
        Assert.Equal(4, network.Shape.Layers);
        foreach (var (layer, map) in layers.Zip((Tensor[])[maps[0], maps[2], maps[3]]))
        {
            Assert.Equal([3, map.shape[1]], layer.shape);
            Assert.True(map.flatten(2).mean([2L]).allclose(layer, 1e-5, 1e-6));
        }
        Assert.True(network.Features(images).Equals(layers[2]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_batch_makes_the_layers_of_all_heads_in_one_pass(int parts)
    {
        using var constant = no_grad();
        var (vit, images) = (Drawn(Small, 3), Images(7));
        var model = new ArmModel(vit, null, null, null, CPU, new(parts)) { Layers = [1, 3] };
        var expected = vit.LayerFeatures(images, [1, 3]);
        using var batch = new EvaluationBatch(model, images, []);
        Tensor first;
        using (NewDisposeScope()) first = batch.LayerFeatures(3);
        Assert.Same(first, batch.LayerFeatures(3));
        Assert.True(first.allclose(expected[1], 1e-5, 1e-6));
        Assert.True(batch.LayerFeatures(1).allclose(expected[0], 1e-5, 1e-6));
        var whole = new ArmModel(vit, null, null, null, CPU, new(1)).EncodeLayers(images.narrow(0, 0, 2), [1, 3]);
        // A sample's features do not depend on the samples beside it.
        Assert.True(whole[0].allclose(batch.LayerFeatures(1).narrow(0, 0, 2), 1e-5, 1e-6));
    }

    [Fact]
    public void A_batch_asks_the_backbone_once()
    {
        using var constant = no_grad();
        var backbone = new Counting();
        var model = new ArmModel(backbone, null, null, null, CPU, new(1)) { Layers = [1, 2] };
        using var batch = new EvaluationBatch(model, Images(2), []);
        foreach (var layer in (int[])[2, 1, 2, 1])
            Assert.Equal(layer, batch.LayerFeatures(layer).mean().item<float>());
        Assert.Equal(["1, 2"], backbone.Asked);
        Assert.Equal("3", Assert.Throws<InvalidOperationException>(() => batch.LayerFeatures(3)).Message[^1..]);
    }

    sealed class Counting() : Backbone("counting"), ILayeredFeatures
    {
        public List<string> Asked { get; } = [];

        public override BackboneShape Shape => new(4) { Layers = 2 };

        public IReadOnlyList<Tensor> LayerFeatures(Tensor images, IReadOnlyList<int> layers)
        {
            Asked.Add(string.Join(", ", layers));
            return [.. layers.Select(layer => full([images.shape[0], 3 + layer], (float)layer))];
        }

        public override Tensor Features(Tensor images) => images.mean([1L, 2L]);

        public override void Initialize(RandomStream random) { }

        public override long Flops => 0;
    }
}
