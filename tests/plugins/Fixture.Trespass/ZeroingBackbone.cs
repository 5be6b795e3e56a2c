using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fixture.Trespass;

/// <summary>A linear backbone that leaves the images zero.</summary>
sealed class ZeroingBackbone : Backbone
{
    const int Patch = 8, Width = 16;
    readonly Conv2d proj = nn.Conv2d(3, Width, Patch, stride: Patch);

    public ZeroingBackbone(int imageSize) : base("zeroing")
    {
        Shape = new(Width, new(imageSize / Patch, imageSize / Patch), Patch);
        RegisterComponents();
    }

    public override BackboneShape Shape { get; }

    public override Tensor Encode(Tensor images)
    {
        var tokens = proj.forward(images.to(proj.weight!.dtype)).flatten(2).transpose(1, 2);
        images.mul_(0);
        return cat([tokens.mean([1L], keepdim: true), tokens], 1);
    }

    public override Tensor EncodeVisible(Tensor images, Tensor visible) => throw new NotSupportedException();

    public override void Initialize(RandomStream random)
    {
    }

    public override long Flops(int patches) => 0;
}
