using Rils.Contract;
using Rils.Models;
using static TorchSharp.torch;

namespace Rils.Tests.Contracts;

/// <summary>A correct backbone whose tokens a test changes.</summary>
sealed class WrappedBackbone : Backbone
{
    readonly Vit inner;
    readonly Func<Tensor, Tensor> change;
    readonly Func<BackboneShape, BackboneShape> tells;

    public WrappedBackbone(ExperimentContext context, Func<Tensor, Tensor>? change = null,
        Func<BackboneShape, BackboneShape>? tells = null) : base("wrapped")
    {
        inner = new(new() { Patch = 8, Width = 16, Depth = 1, Heads = 2 }, context.ImageSize);
        (this.change, this.tells) = (change ?? (tokens => tokens), tells ?? (shape => shape));
        RegisterComponents();
    }

    public override BackboneShape Shape => tells(inner.Shape);

    public override Tensor Encode(Tensor images) => change(inner.Encode(images));

    public override Tensor EncodeVisible(Tensor images, Tensor visible) => change(inner.EncodeVisible(images, visible));

    public override void Initialize(RandomStream random) => inner.Initialize(random);

    public override long Flops(int patches) => inner.Flops(patches);
}
