using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Masking;

/// <summary>Hides the patches that are most similar to the image as a whole, as a teacher sees both.</summary>
static class SimilarMasking
{
    /// <summary>Makes the mask after the teacher's pass, whose tokens the method reads.</summary>
    public static void Mask(in SimilarMaskingOptions options, in PatchShape shape, in TeacherTokens teacher,
        in MaskNoise noise, in Step step, in RunLength length, in BatchParts cut, out PatchMask mask)
    {
        using var constant = no_grad();
        var prefix = teacher.Prefix;
        var ranks = cut.Run(null, part => Ranks(part[0], prefix, part[1]), [teacher.Tokens, noise.For(shape.Grid)]);
        mask = PatchMask.KeepSmallest(ranks, options.Visible(shape.Grid.Count, step.Number, length.Steps));
    }

    /// <summary>Ranks the patches of each image by their similarity to the mean token, from 0 for the least similar;
    /// where two are equally similar, the one with the smaller noise comes first.</summary>
    /// <param name="tokens">The teacher's tokens, <c>[images, prefix + patches, width]</c>.</param>
    /// <param name="prefix">The number of tokens before the patches.</param>
    /// <param name="noise">In [0, 1), fp32 <c>[images, patches]</c>.</param>
    /// <returns>int64 <c>[images, patches]</c>.</returns>
    internal static Tensor Ranks(Tensor tokens, int prefix, Tensor noise)
    {
        using var scope = NewDisposeScope();
        var patches = tokens.narrow(1, prefix, tokens.shape[1] - prefix).to(ScalarType.Float32);
        var cosines = nn.functional.cosine_similarity(patches, patches.mean([1L], keepdim: true), dim: -1);
        return PatchRanks.Of(cosines, noise).MoveToOuterDisposeScope();
    }
}
