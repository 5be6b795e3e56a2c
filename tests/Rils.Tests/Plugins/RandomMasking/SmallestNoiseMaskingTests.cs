using CsCheck;
using Rils.Abstractions;
using Rils.RandomMasking;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.RandomMasking;

public sealed class SmallestNoiseMaskingTests
{
    static readonly Gen<(int Rows, int Columns, int Batch, int Seed)> Shapes =
        Gen.Select(Gen.Int[2, 8], Gen.Int[2, 8], Gen.Int[1, 5], Gen.Int[0, 1_000_000]);

    static readonly Gen<double> Ratio = Gen.Double[0.26, 0.74];

    [Fact]
    public void Visible_and_hidden_are_a_permutation_of_the_patches() => Gen.Select(Shapes, Ratio).Sample((shape, ratio) =>
    {
        using var scope = NewDisposeScope();
        var (noise, mask) = Draw(shape, ratio);
        foreach (var (row, visible, hidden) in Rows(mask))
            Assert.Equal(Enumerable.Range(0, (int)noise.shape[1]).Select(patch => (long)patch), visible.Concat(hidden).Order());
    }, iter: 100, threads: 1);

    [Fact]
    public void Every_visible_patch_has_less_noise_than_every_hidden_one() => Gen.Select(Shapes, Ratio).Sample((shape, ratio) =>
    {
        using var scope = NewDisposeScope();
        var (noise, mask) = Draw(shape, ratio);
        Assert.True(noise.gather(1, mask.Visible).amax([1]).le(noise.gather(1, mask.Hidden).amin([1])).all().item<bool>());
    }, iter: 100, threads: 1);

    [Fact]
    public void Restore_puts_every_patch_back_in_its_place() => Gen.Select(Shapes, Ratio).Sample((shape, ratio) =>
    {
        using var scope = NewDisposeScope();
        var (noise, mask) = Draw(shape, ratio);
        var inOrder = cat([noise.gather(1, mask.Visible), noise.gather(1, mask.Hidden)], 1);
        Assert.True(inOrder.gather(1, mask.Restore).Equals(noise));
    }, iter: 100, threads: 1);

    [Fact]
    public void A_smaller_ratio_hides_a_subset_of_what_a_larger_one_hides() => Gen.Select(Shapes, Ratio, Ratio).Sample((shape, first, second) =>
    {
        using var scope = NewDisposeScope();
        var (_, few) = Draw(shape, Math.Min(first, second));
        var (_, many) = Draw(shape, Math.Max(first, second));
        foreach (var (less, more) in Rows(few).Zip(Rows(many))) Assert.Subset(more.Hidden.ToHashSet(), less.Hidden.ToHashSet());
    }, iter: 100, threads: 1);

    [Theory]
    [InlineData(0.75, 196, 49)]
    [InlineData(0.75, 16, 4)]
    [InlineData(0.6, 64, 25)]
    [InlineData(0.7, 10, 3)]
    [InlineData(0.75, 49, 12)]
    public void The_number_of_visible_patches_is_rounded_down(double ratio, int patches, int visible) =>
        Assert.Equal(visible, Of(ratio).Visible(patches));

    [Theory]
    [InlineData(0.99, 16, "hides all of the 16 patches")]
    [InlineData(1e-20, 16, "hides none of the 16 patches")]
    public void A_ratio_that_leaves_nothing_to_do_is_refused(double ratio, int patches, string says) =>
        Assert.Contains(says, Assert.Throws<ArgumentException>(() => Of(ratio).Visible(patches)).Message);

    static SmallestNoiseMasking Of(double ratio) => new(new() { Ratio = ratio });

    static (Tensor Noise, PatchMask Mask) Draw((int Rows, int Columns, int Batch, int Seed) shape, double ratio)
    {
        var grid = new PatchGrid(shape.Rows, shape.Columns);
        var values = new float[shape.Batch * grid.Count];
        RandomStream.Root(shape.Seed).Draw().FillUniform(values);
        var noise = tensor(values, [shape.Batch, grid.Count]);
        return (noise, Of(ratio).Mask(noise, grid));
    }

    static IEnumerable<(int Row, long[] Visible, long[] Hidden)> Rows(PatchMask mask) =>
        Enumerable.Range(0, (int)mask.Visible.shape[0])
            .Select(row => (row, mask.Visible[row].data<long>().ToArray(), mask.Hidden[row].data<long>().ToArray()));
}
