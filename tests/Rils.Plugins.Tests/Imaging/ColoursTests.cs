using Rils.Contract;
using Rils.Imaging;

namespace Rils.Tests.Plugins.Imaging;

/// <summary>Against formulas in double precision, and values worked out by hand.</summary>
public sealed class ColoursTests
{
    const int Size = 9, Count = Size * Size;

    [Theory]
    [InlineData(0.6f)]
    [InlineData(1.0f)]
    [InlineData(1.4f)]
    public void Brightness_multiplies(float factor) => AssertNear(
        Changed(pixels => Colours.Brightness(pixels, factor)), (before, _) =>
            before.Select(value => value * (double)factor));

    [Theory]
    [InlineData(0.6f)]
    [InlineData(1.4f)]
    public void Contrast_moves_from_the_mean_lightness(float factor) =>
        AssertNear(Changed(pixels => Colours.Contrast(pixels, factor)), (before, grey) =>
    {
        var mean = Math.Floor(grey.Average() + 0.5);
        return before.Select(value => mean + factor * (value - mean));
    });

    [Theory]
    [InlineData(0.6f)]
    [InlineData(1.4f)]
    public void Saturation_moves_from_the_own_lightness(float factor) =>
        AssertNear(Changed(pixels => Colours.Saturation(pixels, factor)),
        (before, grey) => before.Select((value, at) => grey[at % Count] + factor * (value - grey[at % Count])));

    [Fact]
    public void Grey_is_the_lightness_in_all_three() =>
        AssertNear(Changed(Colours.Grey), (before, grey) => before.Select((_, at) => grey[at % Count]));

    /// <summary>What Python's colorsys says, in bytes.</summary>
    [Theory]
    [InlineData(255, 0, 0, 0, 255, 255)]
    [InlineData(0, 255, 0, 85, 255, 255)]
    [InlineData(0, 0, 255, 170, 255, 255)]
    [InlineData(255, 255, 0, 42, 255, 255)]
    [InlineData(200, 100, 50, 14, 191, 200)]
    [InlineData(10, 20, 30, 148, 170, 30)]
    [InlineData(77, 77, 77, 0, 0, 77)]
    public void Hues_are_a_circle_of_255(byte red, byte green, byte blue, byte hue, byte saturation, byte value) =>
        Assert.Equal((hue, saturation, value), Hue.ToHsv(red, green, blue));

    [Fact]
    public void A_third_of_the_circle_takes_red_to_green_and_back_takes_it_to_blue()
    {
        Assert.Equal([0, 255, 0], Turned([255, 0, 0], 1 / 3f));
        // Bytes go round after 256 and the circle after 255: torchvision's own unevenness.
        Assert.Equal([6, 0, 255], Turned([255, 0, 0], -1 / 3f));
        Assert.Equal([90, 90, 90], Turned([90, 90, 90], 0.4f));
    }

    [Fact]
    public void Turning_by_nothing_loses_only_what_the_bytes_round()
    {
        var (before, after) = Changed(pixels => Hue.Turn(pixels, 0));
        Assert.All(before.Zip(after), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 6));
        Assert.InRange(before.Zip(after).Average(pair => Math.Abs(pair.First - pair.Second)), 0, 1.5);
    }

    [Fact]
    public void Jitter_without_reach_leaves_colours_up_to_the_rounding_of_hue()
    {
        var (before, after) = Changed(pixels => ColourJitter.Apply(pixels, [0, 0, 0, 0], RandomStream.Root(1).Draw()));
        Assert.All(before.Zip(after), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 6));
    }

    [Fact]
    public void Jitter_draws_order_and_factors()
    {
        HashSet<string> results = [];
        for (var i = 0; i < 40; i++)
        {
            var stream = RandomStream.Root(i);
            var (_, after) = Changed(pixels => ColourJitter.Apply(pixels, [0.4, 0.4, 0.4, 0.1], stream.Draw()));
            var (_, again) = Changed(pixels => ColourJitter.Apply(pixels, [0.4, 0.4, 0.4, 0.1], stream.Draw()));
            Assert.Equal(after, again);
            results.Add(Convert.ToHexString(after));
        }
        Assert.Equal(40, results.Count);
    }

    delegate void Change(Span<byte> pixels);

    static byte[] Turned(byte[] pixel, float turn)
    {
        Hue.Turn(pixel, turn);
        return pixel;
    }

    static (byte[] Before, byte[] After) Changed(Change change)
    {
        var random = RandomStream.Root(5).Draw();
        byte[] before = [.. Enumerable.Range(0, 3 * Count).Select(_ => (byte)random.NextInt32(256))];
        var after = before.ToArray();
        change(after);
        return (before, after);
    }

    /// <summary>Cut off to 0 to 255, and to whole numbers: lightness is rounded first.</summary>
    static void AssertNear((byte[] Before, byte[] After) changed, Func<byte[], double[], IEnumerable<double>> formula)
    {
        var (before, after) = changed;
        double[] grey = [.. Enumerable.Range(0, Count)
            .Select(i => Math.Round(0.299 * before[i] + 0.587 * before[i + Count] + 0.114 * before[i + 2 * Count]))];
        var expected = formula(before, grey).ToArray();
        Assert.Equal(after.Length, expected.Length);
        Assert.All(expected.Zip(after),
            pair => Assert.InRange(Math.Clamp(pair.First, 0, 255) - pair.Second, -0.01, 1.01));
    }
}
