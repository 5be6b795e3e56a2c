using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Fakes;

/// <summary>A backbone that gives the pixels of an image, [batch, 3, 2, 2], as its feature of twelve numbers.</summary>
sealed class PixelBackbone() : Backbone("backbone")
{
    public const int Width = 12;

    public override BackboneShape Shape => new(Width, new(1, 1), 2);

    public override Tensor Encode(Tensor images)
    {
        var pixels = images.view(-1, 1, Width);
        return cat([zeros_like(pixels), pixels], 1);
    }

    public override Tensor EncodeVisible(Tensor images, Tensor visible) => throw new NotSupportedException();

    public override void Initialize(RandomStream random) { }

    public override long Flops(int patches) => 0;
}
