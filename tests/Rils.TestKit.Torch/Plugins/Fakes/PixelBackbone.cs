using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Fakes;

/// <summary>A backbone that gives the pixels of an image, [batch, 3, 2, 2], as its feature of twelve numbers.</summary>
sealed class PixelBackbone() : Backbone("backbone")
{
    public const int Width = 12;

    public override BackboneShape Shape => new(Width);

    public override Tensor Features(Tensor images) => images.reshape(-1, Width);

    public override void Initialize(RandomStream random) { }

    public override long Flops => 0;
}
