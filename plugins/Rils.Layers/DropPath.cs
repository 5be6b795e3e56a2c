using static TorchSharp.torch;

namespace Rils.Layers;

/// <summary>Drop path: in training, each sample leaves out a branch of a block with some probability (stochastic depth;
/// Huang et al. 2016). The noise that decides comes from outside, so that a pass gives the same result when it is cut
/// into parts or runs again.</summary>
public static class DropPath
{
    /// <summary>Drops a branch for some samples, and divides it by the share of samples that keep it, so that the mean
    /// over the noise is the branch itself.</summary>
    /// <param name="branch">Floating point, <c>[batch, tokens, width]</c>.</param>
    /// <param name="noise">Uniform in [0, 1), fp32 <c>[batch]</c>; a sample keeps the branch where its noise is at
    /// least the rate.</param>
    /// <param name="rate">The probability to drop, 0 to below 1.</param>
    /// <returns>The shape and type of <paramref name="branch"/>; the branch itself where the rate is 0.</returns>
    public static Tensor Apply(Tensor branch, Tensor noise, double rate) => rate == 0 ? branch
        : branch / Constant.Of(1 - rate) * noise.ge(Constant.Of(rate)).to(branch.dtype).view(-1, 1, 1);

    /// <summary>The rate of a block: the blocks' rates rise linearly from 0 in the first to the whole in the
    /// last.</summary>
    /// <param name="whole">The rate of the last block.</param>
    /// <param name="block">The block's number, from 0.</param>
    /// <param name="depth">The number of blocks; the only block of one has the rate 0.</param>
    /// <returns>The block's rate.</returns>
    public static double RateOf(double whole, int block, int depth) => depth > 1 ? whole * block / (depth - 1) : 0;
}
