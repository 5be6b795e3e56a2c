using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fixture.Trespass;

/// <summary>A linear backbone that leaves the images zero.</summary>
sealed class ZeroingBackbone : Backbone, ITokenBackbone
{
    const int Patch = 8, Width = 16;
    readonly Conv2d proj = nn.Conv2d(3, Width, Patch, stride: Patch);

    public ZeroingBackbone(int imageSize) : base("zeroing")
    {
        Patches = new(new(imageSize / Patch, imageSize / Patch), Patch, Prefix: 1);
        RegisterComponents();
    }

    public override BackboneShape Shape => new(Width);

    public PatchShape Patches { get; }

    public override Tensor Features(Tensor images) => Pool(Encode(images));

    public Tensor Pool(Tensor tokens) => ImageTokens.MeanOfPatches(tokens, Patches.Prefix);

    public Tensor Encode(Tensor images)
    {
        var tokens = proj.forward(images.to(proj.weight!.dtype)).flatten(2).transpose(1, 2);
        images.mul_(0);
        return cat([tokens.mean([1L], keepdim: true), tokens], 1);
    }

    public override void Initialize(RandomStream random)
    {
    }

    public override long Flops => 0;
}
