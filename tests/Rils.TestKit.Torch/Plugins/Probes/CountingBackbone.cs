using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Probes;

/// <summary>A backbone that counts the images that it encodes. An image, 3 x 2 x 2, is two patches of six
/// numbers.</summary>
sealed class CountingBackbone() : Backbone("backbone"), ITokenBackbone
{
    public const int Width = 6;

    int encoded;

    public int Encoded => encoded;

    public override BackboneShape Shape => new(Width);

    public PatchShape Patches => new(new(1, 2), 1, 1);

    public override Tensor Features(Tensor images) => Pool(Encode(images));

    public Tensor Pool(Tensor tokens) => ImageTokens.MeanOfPatches(tokens, 1);

    public Tensor Encode(Tensor images)
    {
        // Several threads encode parts of a batch.
        Interlocked.Add(ref encoded, (int)images.shape[0]);
        // [batch, 3, 2, 2] becomes two patch tokens of width 6, behind a class token that must not count.
        var patches = images.reshape(-1, 2, Width);
        return cat([full_like(patches.narrow(1, 0, 1), 100), patches], 1);
    }

    public override void Initialize(RandomStream random) { }

    public override long Flops => 0;
}
