using CsCheck;
using Rils.Contract;
using Rils.Masking;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Masking;

/// <summary>The masking that hides what the teacher's class token attends to.</summary>
public sealed class AttendedMaskingTests
{
    static readonly PatchShape Shape = new(new(3, 4), 8, 1);

    static PatchMask Mask(Tensor attention, Tensor noise, double ratio = 0.5, int parts = 1)
    {
        AttendedMasking.Mask(new() { Ratio = ratio }, Shape, new(attention),
            new(new Dictionary<int, Tensor> { [12] = noise }), new(0), new(1), new(parts), out var mask);
        return mask;
    }

    [Fact]
    public void It_hides_exactly_the_patches_attended_to_most_over_all_heads() =>
        Gen.Select(Gen.Int[0, 100_000], Gen.Double[0.1, 0.9], Gen.Int[1, 5]).Sample((seed, ratio, heads) =>
    {
        using var scope = NewDisposeScope();
        var attention = Draws.Normal($"attention {seed}", 3, heads, 12).softmax(-1);
        var noise = Draws.Normal($"noise {seed}", 3, 12);
        foreach (var (image, (visible, hidden)) in Masks.Rows(Mask(attention, noise, ratio)).Index())
        {
            double Share(long patch) =>
                Enumerable.Range(0, heads).Average(head => (double)attention[image, head, patch].item<float>());
            Assert.Equal(Enumerable.Range(0, 12).Select(patch => (long)patch), visible.Concat(hidden).Order());
            Assert.Equal((int)(12 * (1 - ratio)), visible.Count());
            Assert.True(visible.Max(Share) <= hidden.Min(Share) + 1e-7);
        }
    }, iter: 40, threads: 1);

    [Fact]
    public void Between_equal_patches_the_noise_decides_as_in_random_masking()
    {
        using var scope = NewDisposeScope();
        var noise = Draws.Normal("noise", 4, 12);
        var (mask, random) = (Mask(ones(4, 2, 12) / 12, noise), PatchMask.KeepSmallest(noise, 6));
        Assert.True(mask.Visible.Equals(random.Visible));
        Assert.True(mask.Restore.Equals(random.Restore));
    }

    [Fact]
    public void Parts_of_a_batch_change_no_mask()
    {
        using var scope = NewDisposeScope();
        var (attention, noise) = (Draws.Normal("attention", 9, 3, 12).softmax(-1), Draws.Normal("noise", 9, 12));
        Assert.True(Mask(attention, noise).Visible.Equals(Mask(attention, noise, parts: 4).Visible));
    }
}
