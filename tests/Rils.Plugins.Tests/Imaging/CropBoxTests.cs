using CsCheck;
using Rils.Contract;
using Rils.Imaging;

namespace Rils.Tests.Plugins.Imaging;

public sealed class CropBoxTests
{
    static readonly Gen<RandomResizedCropOptions> options = Gen.Select(Gen.Double[0.01, 1], Gen.Double[0.01, 1],
        Gen.Double[0.2, 4], Gen.Double[0.2, 4],
        (a, b, c, d) => new RandomResizedCropOptions { Scale = [Math.Min(a, b), Math.Max(a, b)],
            Ratio = [Math.Min(c, d), Math.Max(c, d)] });

    [Fact]
    public void A_box_is_inside_the_image() =>
        Gen.Select(Gen.Int[1, 700], Gen.Int[1, 700], options, Gen.Long).Sample((width, height, options, seed) =>
        {
            var random = RandomStream.Root(seed).Draw();
            for (var i = 0; i < 10; i++)
            {
                var box = CropBox.Draw(width, height, options.Scale, options.Ratio, random);
                Assert.InRange(box.Left, 0, width - box.Width);
                Assert.InRange(box.Top, 0, height - box.Height);
                Assert.True(box.Width > 0 && box.Height > 0);
            }
        }, iter: 2000);

    [Fact]
    public void Area_and_ratio_are_within_their_bounds_and_fill_them()
    {
        var options = new RandomResizedCropOptions();
        var random = RandomStream.Root(1).Draw();
        var boxes = Enumerable.Range(0, 5000)
            .Select(_ => CropBox.Draw(1000, 1000, options.Scale, options.Ratio, random)).ToArray();
        var areas = boxes.Select(box => box.Width * box.Height / 1e6).ToArray();
        var ratios = boxes.Select(box => (double)box.Width / box.Height).ToArray();
        Assert.InRange(areas.Min(), 0.499, 0.51);
        Assert.InRange(areas.Max(), 0.97, 1);
        Assert.InRange(ratios.Min(), 0.749, 0.76);
        Assert.InRange(ratios.Max(), 1.31, 1.335);
        // The ratio is log-uniform: tall and wide boxes are equally frequent.
        Assert.InRange(ratios.Count(ratio => ratio > 1) / 5000.0, 0.47, 0.53);
        Assert.InRange(boxes.Average(box => box.Left / (1000.0 - box.Width + 1)), 0.47, 0.53);
        Assert.InRange(boxes.Average(box => box.Top / (1000.0 - box.Height + 1)), 0.47, 0.53);
    }

    /// <summary>The expected boxes are those that torchvision 0.14 falls back to.</summary>
    [Theory]
    [InlineData(100, 1000, 0, 433, 100, 133)]
    [InlineData(1000, 100, 433, 0, 133, 100)]
    [InlineData(100, 90, 0, 0, 100, 90)]
    [InlineData(1, 1000, 0, 499, 1, 1)]
    public void The_fallback_is_the_centre(int width, int height, int left, int top, int cropWidth, int cropHeight)
    {
        Assert.Equal(new(left, top, cropWidth, cropHeight), CropBox.Centre(width, height, 0.75, 4.0 / 3));
        if (Math.Max(width, height) == 1000)
            Assert.Equal(new(left, top, cropWidth, cropHeight),
                CropBox.Draw(width, height, [0.5, 1], CropBox.UsualRatio, RandomStream.Root(2).Draw()));
    }
}
