using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>Turns patches of images into tokens by one matrix product, whose weight has the shape and name
/// (<c>proj</c>) of timm's convolution.</summary>
public sealed class PatchEmbedding : nn.Module<Tensor, Tensor>
{
    readonly int size;
    readonly Conv2d proj;

    /// <summary>Makes a layer whose parameters still have to be drawn.</summary>
    /// <param name="size">Side of a patch, in pixels.</param>
    /// <param name="width">Width of a token.</param>
    /// <param name="hasBias">Whether the product gets a bias; CLIP's has none.</param>
    public PatchEmbedding(int size, int width, bool hasBias = true) : base("patch_embed")
    {
        this.size = size;
        // Holds weight and bias; its own convolution is never run.
        proj = nn.Conv2d(3, width, size, stride: size, bias: hasBias);
        RegisterComponents();
    }

    /// <summary>Cuts images into rows of pixels, each in the order (channel, row, column) and of the type of the
    /// weight.</summary>
    /// <param name="images"><c>[batch, 3, height, width]</c>, in whole patches.</param>
    /// <returns><c>[batch, patches, 3 · patch²]</c>, contiguous.</returns>
    public Tensor Cut(Tensor images)
    {
        var (batch, rows, columns) = (images.shape[0], images.shape[2] / size, images.shape[3] / size);
        var pixels = images.to(proj.weight!.dtype).reshape(batch, 3, rows, size, columns, size);
        var cut = pixels.permute(0, 2, 4, 1, 3, 5);
        return cut.reshape(batch, rows * columns, 3 * size * size);
    }

    /// <summary>Embeds rows of pixels: <c>[..., 3 · patch²]</c> to <c>[..., width]</c>.</summary>
    public override Tensor forward(Tensor pixels) => Affine.Of(pixels, proj.weight!.flatten(1), proj.bias);
}
