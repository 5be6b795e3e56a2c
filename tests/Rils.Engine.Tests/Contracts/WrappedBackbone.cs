using Rils.Contract;
using Rils.Models;
using static TorchSharp.torch;

namespace Rils.Tests.Contracts;

/// <summary>A correct backbone whose tokens a test changes.</summary>
sealed class WrappedBackbone : Backbone, IMaskedBackbone
{
    readonly Vit inner;
    readonly Func<Tensor, Tensor> change;
    readonly Func<BackboneShape, BackboneShape> tells;
    readonly Func<PatchShape, PatchShape> cuts;

    public WrappedBackbone(ExperimentContext context, Func<Tensor, Tensor>? change = null,
        Func<BackboneShape, BackboneShape>? tells = null, Func<PatchShape, PatchShape>? cuts = null) : base("wrapped")
    {
        inner = new(new() { Patch = 8, Width = 16, Depth = 1, Heads = 2 }, context.ImageSize);
        (this.change, this.tells, this.cuts) =
            (change ?? (tokens => tokens), tells ?? (shape => shape), cuts ?? (shape => shape));
        RegisterComponents();
    }

    public override BackboneShape Shape => tells(inner.Shape);

    public PatchShape Patches => cuts(inner.Patches);

    public override Tensor Features(Tensor images) => Pool(Encode(images));

    public Tensor Pool(Tensor tokens) => inner.Pool(tokens);

    public Tensor Encode(Tensor images) => change(inner.Encode(images));

    public Tensor EncodeVisible(Tensor images, Tensor visible) => change(inner.EncodeVisible(images, visible));

    public override void Initialize(RandomStream random) => inner.Initialize(random);

    public override long Flops => inner.Flops;

    public long VisibleFlops(int visible) => inner.VisibleFlops(visible);
}
