using CsCheck;
using Rils.Contract;
using Rils.Masking;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Masking;

/// <summary>What holds for every kind.</summary>
public sealed class MaskingTests
{
    static readonly Gen<(int Rows, int Columns, int Batch, int Seed)> Shapes =
        Gen.Select(Gen.Int[2, 8], Gen.Int[2, 8], Gen.Int[1, 5], Gen.Int[0, 1_000_000]);

    static readonly Gen<double> Ratio = Gen.Double[0.26, 0.74];

    [Theory, MemberData(nameof(Masks.Kinds), MemberType = typeof(Masks))]
    public void Visible_and_hidden_are_a_permutation_of_the_patches(string kind) =>
        Gen.Select(Shapes, Ratio).Sample((shape, ratio) =>
    {
        using var scope = NewDisposeScope();
        var (noise, mask) = Draw(kind, shape, ratio);
        foreach (var (visible, hidden) in Masks.Rows(mask))
            Assert.Equal(Enumerable.Range(0, (int)noise.shape[1]).Select(patch => (long)patch),
                visible.Concat(hidden).Order());
    }, iter: 60, threads: 1);

    [Fact]
    public void Every_visible_patch_has_less_noise_than_every_hidden_one_at_random() =>
        Gen.Select(Shapes, Ratio).Sample((shape, ratio) =>
    {
        using var scope = NewDisposeScope();
        var (noise, mask) = Draw("random", shape, ratio);
        Assert.True(noise.gather(1, mask.Visible).amax([1])
            .le(noise.gather(1, mask.Hidden).amin([1])).all().item<bool>());
    }, iter: 100, threads: 1);

    [Theory, MemberData(nameof(Masks.Kinds), MemberType = typeof(Masks))]
    public void Restore_puts_every_patch_back_in_its_place(string kind) =>
        Gen.Select(Shapes, Ratio).Sample((shape, ratio) =>
    {
        using var scope = NewDisposeScope();
        var (noise, mask) = Draw(kind, shape, ratio);
        var inOrder = cat([noise.gather(1, mask.Visible), noise.gather(1, mask.Hidden)], 1);
        Assert.True(inOrder.gather(1, mask.Restore).Equals(noise));
    }, iter: 60, threads: 1);

    [Theory, MemberData(nameof(Masks.Kinds), MemberType = typeof(Masks))]
    public void A_smaller_ratio_hides_a_subset_of_what_a_larger_one_hides(string kind) =>
        Gen.Select(Shapes, Ratio, Ratio).Sample((shape, first, second) =>
    {
        using var scope = NewDisposeScope();
        var (_, few) = Draw(kind, shape, Math.Min(first, second));
        var (_, many) = Draw(kind, shape, Math.Max(first, second));
        foreach (var (less, more) in Masks.Rows(few).Zip(Masks.Rows(many)))
            Assert.Subset(more.Hidden.ToHashSet(), less.Hidden.ToHashSet());
    }, iter: 100, threads: 1);

    /// <summary>So arms with one masking have one mask, and what an image hides depends on nothing but its own
    /// noise.</summary>
    [Theory, MemberData(nameof(Masks.Kinds), MemberType = typeof(Masks))]
    public void The_same_noise_gives_the_same_mask_in_every_arm_and_order(string kind) =>
        Gen.Select(Shapes, Ratio).Sample((shape, ratio) =>
    {
        using var scope = NewDisposeScope();
        var (noise, mask) = Draw(kind, shape, ratio);
        var before = noise.clone();
        var grid = new PatchGrid(shape.Rows, shape.Columns);
        Assert.True(mask.Hidden.Equals(Masks.Of(kind, ratio).Mask(noise, grid).Hidden));
        Assert.True(mask.Hidden.flip(0).Equals(Masks.Of(kind, ratio).Mask(noise.flip(0), grid).Hidden));
        Assert.True(before.Equals(noise));
    }, iter: 60, threads: 1);

    [Theory, MemberData(nameof(Masks.Kinds), MemberType = typeof(Masks))]
    public void Every_image_hides_exactly_as_many_on_every_grid_and_ratio(string kind)
    {
        using var scope = NewDisposeScope();
        foreach (var (rows, columns) in (ReadOnlySpan<(int, int)>)[(1, 4), (4, 4), (7, 7), (8, 8), (14, 14),
            (5, 9), (16, 3), (13, 11)])
            foreach (var ratio in (ReadOnlySpan<double>)[0.3, 0.4, 0.5, 0.6, 0.75])
            {
                var count = rows * columns;
                var mask = Masks.Of(kind, ratio).Mask(Masks.Noise(3, count, rows), new(rows, columns));
                Assert.Equal([3, count - (int)(count * (1 - ratio))], mask.Hidden.shape);
                Assert.Equal(count, mask.Visible.shape[1] + mask.Hidden.shape[1]);
            }
    }

    [Theory]
    [InlineData(0.75, 196, 49)]
    [InlineData(0.75, 16, 4)]
    [InlineData(0.6, 64, 25)]
    [InlineData(0.7, 10, 3)]
    [InlineData(0.75, 49, 12)]
    public void The_number_of_visible_patches_is_rounded_down(double ratio, int patches, int visible)
    {
        foreach (var kind in Masks.Names) Assert.Equal(visible, Masks.Of(kind, ratio).Visible(patches));
    }

    [Theory]
    [InlineData(0.99, 16, "hides all of the 16 patches")]
    [InlineData(1e-20, 16, "hides none of the 16 patches")]
    public void A_ratio_that_leaves_nothing_to_do_is_refused(double ratio, int patches, string says)
    {
        foreach (var kind in Masks.Names)
            Assert.Contains(says,
                Assert.Throws<ArgumentException>(() => Masks.Of(kind, ratio).Visible(patches)).Message);
    }

    [Theory, MemberData(nameof(Masks.Kinds), MemberType = typeof(Masks))]
    public void Nothing_but_the_mask_is_left_over(string kind)
    {
        using var scope = NewDisposeScope();
        var noise = Masks.Noise(3, 36, 1);
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (NewDisposeScope()) Masks.Of(kind, 0.5).Mask(noise, new(6, 6));
        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    static (Tensor Noise, PatchMask Mask) Draw(string kind,
        (int Rows, int Columns, int Batch, int Seed) shape, double ratio)
    {
        var noise = Masks.Noise(shape.Batch, shape.Rows * shape.Columns, shape.Seed);
        return (noise, Masks.Of(kind, ratio).Mask(noise, new(shape.Rows, shape.Columns)));
    }
}
