using Rils.Contract;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Masking;

public sealed class BlockMaskingTests
{
    [Theory]
    [InlineData(14, 14, 0.4)]
    [InlineData(14, 14, 0.75)]
    [InlineData(8, 8, 0.4)]
    [InlineData(7, 7, 0.5)]
    [InlineData(6, 12, 0.5)]
    public void A_hidden_patch_has_more_hidden_neighbours_than_at_random(int rows, int columns, double ratio)
    {
        using var scope = NewDisposeScope();
        var (grid, noise) = (new PatchGrid(rows, columns), Masks.Noise(64, rows * columns, 5));
        var block = Masks.HiddenNeighbours(Masks.Of("block", ratio).Mask(noise, grid), grid);
        var random = Masks.HiddenNeighbours(Masks.Of("random", ratio).Mask(noise, grid), grid);
        Assert.InRange(random, ratio - 0.03, ratio + 0.03);
        Assert.True(1 - block < 0.65 * (1 - random), $"{block} of the neighbours are hidden, at random {random}");
    }

    [Fact]
    public void Little_hidden_is_one_rectangle_but_for_its_last_row()
    {
        using var scope = NewDisposeScope();
        // 16 patches: the least that a rectangle has, about
        var mask = Masks.Of("block", 0.08).Mask(Masks.Noise(64, 196, 6), new(14, 14));
        var cut = 0;
        foreach (var (_, hidden) in Masks.Rows(mask))
        {
            var (left, right) = (hidden.Min(patch => patch % 14), hidden.Max(patch => patch % 14));
            var (top, bottom) = (hidden.Min() / 14, hidden.Max() / 14);
            if (hidden.Length < (right - left + 1) * (bottom - top)) cut++;
        }
        Assert.InRange(cut, 0, 3); // rounding of its sides can make a rectangle smaller than 16
    }

    [Fact]
    public void A_place_is_hidden_about_as_often_as_its_mirror()
    {
        using var scope = NewDisposeScope();
        var mask = Masks.Of("block", 0.4).Mask(Masks.Noise(4000, 64, 7), new(8, 8));
        var often = zeros(4000, 64).scatter_(1, mask.Hidden, ones_like(mask.Hidden, ScalarType.Float32))
            .mean([0L]).view(8, 8);
        Assert.True((often - often.flip(1)).abs().max().item<float>() < 0.06,
            often.ToString(TorchSharp.TensorStringStyle.Julia));
        Assert.InRange(often.min().item<float>(), 0.05, 0.4); // corners least: a rectangle lies within the image
    }

    /// <summary>Many images are scored piece by piece; that shows nowhere.</summary>
    [Fact]
    public void More_images_than_a_piece_holds_have_the_masks_that_each_has_alone()
    {
        using var scope = NewDisposeScope();
        var (grid, noise) = (new PatchGrid(14, 14), Masks.Noise(250, 196, 8));
        var all = Masks.Of("block", 0.6).Mask(noise, grid);
        foreach (var image in (ReadOnlySpan<int>)[0, 108, 109, 249])
            Assert.True(all.Hidden.narrow(0, image, 1)
                .Equals(Masks.Of("block", 0.6).Mask(noise.narrow(0, image, 1), grid).Hidden));
    }

    /// <summary>As the words say it: rectangles in the order of the noise, each hiding row by row what is not hidden
    /// yet.</summary>
    [Theory]
    [InlineData(14, 14)]
    [InlineData(7, 7)]
    [InlineData(5, 9)]
    public void It_is_one_rectangle_after_the_other(int rows, int columns)
    {
        using var scope = NewDisposeScope();
        var count = rows * columns;
        var noise = Masks.Noise(8, count, 9);
        var mask = Masks.Of("block", 0.6).Mask(noise, new(rows, columns));
        foreach (var (image, (_, hidden)) in Masks.Rows(mask).Index())
            Assert.Equal(OneByOne(noise[image].data<float>().ToArray(), rows, columns).Take(hidden.Length).Order(),
                hidden.Order());
    }

    static List<long> OneByOne(float[] noise, int rows, int columns)
    {
        List<long> hidden = [];
        var side = Math.Max(1, Math.Min(rows, columns) / 3);
        var (least, most) = (side * side, Math.Max(side * side, 0.4 * noise.Length));
        foreach (var patch in Enumerable.Range(0, noise.Length).OrderByDescending(patch => noise[patch]))
        {
            var bits = (int)(noise[patch] * (1 << 24)) % (1 << 12);
            var (area, aspect) = (least + (bits / 64) * (most - least) / 63,
                Math.Exp((1 - 2.0 * (bits % 64) / 64) * Math.Log(0.3)));
            var height = Math.Clamp((int)Math.Round(Math.Sqrt(area * aspect)), 1, rows);
            var width = Math.Clamp((int)Math.Round(Math.Sqrt(area / aspect)), 1, columns);
            var top = (2 * (patch / columns) + 1) * (rows - height + 1) / (2 * rows);
            var left = (2 * (patch % columns) + 1) * (columns - width + 1) / (2 * columns);
            for (var y = top; y < top + height; y++)
                for (var x = left; x < left + width; x++)
                    if (!hidden.Contains(y * columns + x)) hidden.Add(y * columns + x);
        }
        return hidden;
    }
}
