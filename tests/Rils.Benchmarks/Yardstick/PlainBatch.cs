using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Benchmarks.Yardstick;

/// <summary>A random batch that exists before the clock starts.</summary>
/// <param name="Images"><c>[batch, 3, 64, 64]</c>.</param>
/// <param name="Tokens">int64 <c>[batch, context]</c>; the end-of-text token, which has the largest number, comes
/// last.</param>
sealed record PlainBatch(Tensor Images, Tensor Tokens)
{
    /// <summary>The sides of an image and of a patch, in pixels.</summary>
    public const int Image = 64, Patch = 8;

    /// <summary>The patches of an image.</summary>
    public static readonly PatchGrid Grid = new(Image / Patch, Image / Patch);

    /// <param name="batch">The number of samples.</param>
    /// <param name="vocabulary">The number of tokens in the vocabulary.</param>
    /// <param name="context">The length of all captions, in tokens.</param>
    public static PlainBatch Random(int batch, int vocabulary, int context)
    {
        var tokens = randint(0, vocabulary - 1, [batch, context], ScalarType.Int64);
        tokens.select(1, context - 1).fill_(vocabulary - 1);
        return new(randn(batch, 3, Image, Image), tokens);
    }

    /// <summary>Hides three quarters of the patches of each image.</summary>
    public PatchMask Mask() => PatchMask.KeepSmallest(rand(Images.shape[0], Grid.Count), Grid.Count / 4);
}
