using Rils.Contract;
using Rils.Imaging;

namespace Rils.Tests.Plugins.Imaging;

public sealed class GaussianBlurTests
{
    const int Size = 41, Middle = Size / 2;

    /// <summary>A bright dot becomes a bump with the variance in both directions, and keeps its sum.</summary>
    [Theory]
    [InlineData(0.8)]
    [InlineData(1.3)]
    [InlineData(2.0)]
    [InlineData(4.0)]
    public void A_step_becomes_the_normal_distribution(double sigma)
    {
        var pixels = new byte[3 * Size * Size];
        for (var at = 0; at < pixels.Length; at++) pixels[at] = (byte)(at % Size > Middle ? 200 : 0);
        GaussianBlur.Apply(pixels, Size, sigma);
        for (var x = 0; x < Size; x++)
        {
            // The share of the kernel that lies on the bright side, by the kernel itself.
            var beyond = Enumerable.Range(-60, 121).Where(offset => x + offset > Middle);
            var bright = beyond.Sum(offset => Kernel(offset, sigma))
                / Enumerable.Range(-60, 121).Sum(offset => Kernel(offset, sigma));
            Assert.InRange(pixels[Middle * Size + x] - 200 * bright, -4.5, 4.5);
            Assert.Equal(pixels[x], pixels[2 * Size * Size + 7 * Size + x]);
        }
    }

    [Fact]
    public void Rows_and_columns_are_treated_alike_and_planes_apart()
    {
        var random = RandomStream.Root(2).Draw();
        byte[] pixels = [.. Enumerable.Range(0, 3 * Size * Size).Select(_ => (byte)random.NextInt32(256))];
        var flipped = new byte[pixels.Length];
        for (var at = 0; at < pixels.Length; at++)
            flipped[at / (Size * Size) * Size * Size + at % Size * Size + at / Size % Size] = pixels[at];
        var plane = pixels[(Size * Size)..(2 * Size * Size)];
        GaussianBlur.Apply(pixels, Size, 1.5);
        GaussianBlur.Apply(flipped, Size, 1.5);
        GaussianBlur.Apply(plane, Size, 1.5);
        Assert.Equal(plane, pixels[(Size * Size)..(2 * Size * Size)]);
        // Each of the six passes rounds to whole numbers.
        for (var at = 0; at < pixels.Length; at++)
            Assert.InRange(flipped[at / (Size * Size) * Size * Size + at % Size * Size + at / Size % Size] - pixels[at],
                -3, 3);
    }

    [Fact]
    public void A_plain_colour_and_no_blur_change_nothing()
    {
        byte[] plain = [.. Enumerable.Repeat((byte)131, 3 * 4 * 4)],
            ramp = [.. Enumerable.Range(0, 48).Select(i => (byte)(5 * i))];
        GaussianBlur.Apply(plain, 4, 10);
        Assert.All(plain, value => Assert.Equal(131, value));
        var before = ramp.ToArray();
        GaussianBlur.Apply(ramp, 4, 0);
        Assert.Equal(before, ramp);
    }

    /// <summary>A box of radius r has variance r(r + 1)/3 where r is whole; three add up.</summary>
    [Theory]
    [InlineData(1, 1.4142135623730951)]
    [InlineData(2, 2.449489742783178)]
    public void Whole_radii_are_found(double radius, double sigma) =>
        Assert.Equal(radius, GaussianBlur.BoxRadius(sigma), 1e-9);

    static double Kernel(int offset, double sigma) => Math.Exp(-offset * offset / (2 * sigma * sigma));
}
