using CsCheck;
using Rils.Imaging;

namespace Rils.Tests.Plugins.Imaging;

public sealed class ExtentTests
{
    /// <summary>A side of 640 pixels shrinks to 256, of which the middle 224 stay: 16 on each side go, which were 40
    /// pixels of the 640.</summary>
    [Fact]
    public void The_middle_is_that_of_the_resized_side_and_reaches_beyond_it()
    {
        var middle = Extent.Middle(640, 256, 224, Interpolation.Bicubic);
        Assert.Equal((40.0, 560.0), (middle.Start, middle.Length));
        Assert.Equal((35, 605), (middle.First, middle.End));
        Assert.Equal(new(0, 300, 0, 300), Extent.Middle(300, 224, 224, Interpolation.Bicubic));
    }

    [Fact]
    public void A_part_of_a_smaller_image_is_the_same_part() =>
        Assert.Equal(new(12.5, 100, 12, 113), Extent.Cropped(50, 400).Shrunk(4, 150));

    [Fact]
    public void A_shrunk_part_is_inside_the_shrunk_image() =>
        Gen.Select(Gen.Int[1, 700], Gen.Double[0, 1], Gen.Double[0, 1], Gen.Int[0, 3], Gen.Bool)
            .Sample((side, from, share, power, dropsLast) =>
        {
            var (factor, start) = (1 << power, (int)(from * (side - 1)));
            var small = Math.Max(dropsLast ? side / factor : (side + factor - 1) / factor, 1);
            var part = Extent.Cropped(start, 1 + (int)(share * (side - start - 1))).Shrunk(factor, small);
            Assert.InRange(part.First, 0, part.End - 1);
            Assert.InRange(part.End, 1, small);
        }, iter: 2000);
}
