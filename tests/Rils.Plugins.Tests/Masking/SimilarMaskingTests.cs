using CsCheck;
using Rils.Contract;
using Rils.Masking;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Masking;

/// <summary>The masking that hides what is most like the whole image.</summary>
public sealed class SimilarMaskingTests
{
    const int Width = 6;

    static readonly PatchShape Shape = new(new(3, 4), 8, 1);

    static PatchMask Mask(Tensor tokens, int prefix, Tensor noise, double ratio = 0.5, int parts = 1)
    {
        SimilarMasking.Mask(new() { Ratio = ratio }, Shape, new(tokens, prefix),
            new(new Dictionary<int, Tensor> { [12] = noise }), new(0), new(1), new(parts), out var mask);
        return mask;
    }

    static double Cosine(float[] left, float[] right)
    {
        double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();
        return Dot(left, right) / Math.Sqrt(Dot(left, left) * Dot(right, right));
    }

    [Fact]
    public void It_hides_exactly_the_patches_most_similar_to_their_mean() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Double[0.1, 0.9]).Sample((seed, ratio) =>
    {
        using var scope = NewDisposeScope();
        var (tokens, noise) = (Draws.Normal($"tokens {seed}", 3, 13, Width), Draws.Normal($"noise {seed}", 3, 12));
        foreach (var (image, (visible, hidden)) in Masks.Rows(Mask(tokens, 1, noise, ratio)).Index())
        {
            float[][] patches =
                [.. Enumerable.Range(1, 12).Select(token => tokens[image, token].data<float>().ToArray())];
            float[] mean = [.. Enumerable.Range(0, Width).Select(i => patches.Average(patch => patch[i]))];
            Assert.Equal(Enumerable.Range(0, 12).Select(patch => (long)patch), visible.Concat(hidden).Order());
            Assert.Equal((int)(12 * (1 - ratio)), visible.Count());
            Assert.True(visible.Max(patch => Cosine(patches[patch], mean))
                <= hidden.Min(patch => Cosine(patches[patch], mean)) + 1e-6);
        }
    }, iter: 40, threads: 1);

    [Fact]
    public void Between_equal_patches_the_noise_decides_as_in_random_masking()
    {
        using var scope = NewDisposeScope();
        var (tokens, noise) = (ones(4, 13, Width), Draws.Normal("noise", 4, 12));
        var (mask, random) = (Mask(tokens, 1, noise), PatchMask.KeepSmallest(noise, 6));
        Assert.True(mask.Visible.Equals(random.Visible));
        Assert.True(mask.Restore.Equals(random.Restore));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Tokens_before_the_patches_do_not_count(int prefix)
    {
        using var scope = NewDisposeScope();
        var (patches, noise) = (Draws.Normal("tokens", 4, 12, Width), Draws.Normal("noise", 4, 12));
        var one = Mask(cat([ones(4, 1, Width), patches], 1), 1, noise);
        var other = Mask(cat([full([4, prefix, Width], -9), patches], 1), prefix, noise);
        Assert.True(one.Visible.Equals(other.Visible));
    }

    [Fact]
    public void Parts_of_a_batch_change_no_mask()
    {
        using var scope = NewDisposeScope();
        var (tokens, noise) = (Draws.Normal("tokens", 9, 13, Width), Draws.Normal("noise", 9, 12));
        Assert.True(Mask(tokens, 1, noise).Visible.Equals(Mask(tokens, 1, noise, parts: 4).Visible));
    }
}
