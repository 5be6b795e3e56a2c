using CsCheck;
using Rils.Imaging;

namespace Rils.Tests.Plugins.Imaging;

public sealed class ResamplerTests
{
    static byte[] Resize(byte[] rgb, int width, Extent columns, Extent rows, int size, bool isMirrored = false,
        Interpolation interpolation = Interpolation.Bicubic)
    {
        var pixels = new byte[3 * size * size];
        Resampler.Resize(rgb, width, rows, columns, isMirrored, size, interpolation, pixels);
        return pixels;
    }

    static Extent Whole(int side) => Extent.Cropped(0, side);

    /// <summary>The sizes cover whole blocks of 32 numbers, the rest of a row behind them, and images with fewer rows
    /// than weights. The levels, 64 to 191, keep overshoot within 0..255.</summary>
    [Fact]
    public void Any_image_is_resized_as_the_definition_says() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 60], Gen.Int[1, 40], Gen.Int).Sample((width, height, size, seed) =>
        {
            var random = new Random(seed);
            byte[] rgb = [.. Enumerable.Range(0, 3 * width * height).Select(_ => (byte)random.Next(64, 192))];
            foreach (var interpolation in Enum.GetValues<Interpolation>())
            {
                var expected = ReferenceResize.Resize(rgb, width, (0, 0, width, height), size, interpolation);
                var actual = Resize(rgb, width, Whole(width), Whole(height), size, interpolation: interpolation);
                // Each of the two sums rounds by half a level at most; the second weights the first one's error by up
                // to 1.3.
                for (var i = 0; i < actual.Length; i++) Assert.InRange(actual[i] - expected[i], -1.3, 1.3);
            }
        }, iter: 300);

    [Fact]
    public void A_plain_colour_stays_what_it_is() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 300], Gen.Int[1, 60], Gen.Byte, Gen.Double[0, 0.4])
            .Sample((width, height, size, level, from) =>
        {
            var rgb = Enumerable.Repeat(level, 3 * width * height).ToArray();
            var columns = new Extent(from * width, 0.6 * width, 0, width);
            Assert.All(Resize(rgb, width, columns, Whole(height), size), value => Assert.Equal(level, value));
        }, iter: 200);

    [Fact]
    public void Mirroring_turns_rows_round()
    {
        var rgb = Picture.Waves(50, 40);
        var plain = Resize(rgb, 50, Whole(50), Whole(40), 24);
        Assert.Equal(plain.Chunk(24).SelectMany(row => row.Reverse()),
            Resize(rgb, 50, Whole(50), Whole(40), 24, isMirrored: true));
    }

    [Fact]
    public void The_same_size_changes_nothing()
    {
        var rgb = Picture.Waves(37, 37);
        var planes = Enumerable.Range(0, 3)
            .SelectMany(band => Enumerable.Range(0, 37 * 37).Select(i => rgb[3 * i + band]));
        Assert.Equal(planes, Resize(rgb, 37, Whole(37), Whole(37), 37));
    }
}
