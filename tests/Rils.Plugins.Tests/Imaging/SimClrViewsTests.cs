using System.ComponentModel.DataAnnotations;
using Rils.Contract;
using Rils.Imaging;

namespace Rils.Tests.Plugins.Imaging;

public sealed class SimClrViewsTests
{
    const int Size = 24;

    static readonly SimClrViewsOptions plain = new() { JitterShare = 0, GreyShare = 0, BlurShare = 0, FlipShare = 0 };
    static readonly byte[] photo = Picture.Png(Picture.Waves(200, 150), 200, 150);

    /// <summary>A view is what the ordinary augmentation makes of the same crop, though both are decoded at
    /// once.</summary>
    [Fact]
    public void Without_changes_a_view_is_the_crop_alone()
    {
        var views = new SimClrViews(plain, Size);
        var crops = new RandomResizedCrop(new() { Scale = plain.Scale }, Size);
        for (var seed = 0; seed < 20; seed++)
        {
            var random = RandomStream.Root(seed);
            var (first, second) = Make(views, random);
            Assert.Equal(Crop(random.Fork(0)), first);
            Assert.Equal(Crop(random.Fork(1)), second);
            Assert.NotEqual(first, second);
        }

        byte[] Crop(RandomStream random)
        {
            var pixels = new byte[3 * Size * Size];
            crops.Train(photo, random, pixels);
            return pixels;
        }
    }

    [Fact]
    public void Each_change_is_made_in_its_share_of_the_views_and_moves_nothing_else()
    {
        const int Draws = 200;
        var before = Enumerable.Range(0, Draws).SelectMany(seed => Both(plain, seed)).ToArray();
        foreach (var (options, share) in ((SimClrViewsOptions, double)[])[
            (plain with { GreyShare = 0.2 }, 0.2), (plain with { BlurShare = 0.5, BlurSigma = [1, 2] }, 0.5),
            (plain with { FlipShare = 0.5 }, 0.5), (plain with { JitterShare = 0.8 }, 0.8)])
        {
            var changed = Enumerable.Range(0, Draws).SelectMany(seed => Both(options, seed)).Zip(before)
                .Count(pair => !pair.First.AsSpan().SequenceEqual(pair.Second));
            Assert.InRange(changed / (2.0 * Draws), share - 0.09, share + 0.09);
        }

        static IEnumerable<byte[]> Both(SimClrViewsOptions options, int seed)
        {
            var (first, second) = Make(new(options, Size), RandomStream.Root(seed));
            return [first, second];
        }
    }

    [Fact]
    public void Grey_views_are_grey_and_mirrored_ones_mirrored()
    {
        var random = RandomStream.Root(3);
        var (straight, _) = Make(new(plain, Size), random);
        var (mirrored, _) = Make(new(plain with { FlipShare = 1 }, Size), random);
        for (var at = 0; at < straight.Length; at++)
            Assert.Equal(straight[at], mirrored[at / Size * Size + Size - 1 - at % Size]);
        var (grey, _) = Make(new(plain with { GreyShare = 1 }, Size), random);
        Assert.Equal(grey[..(Size * Size)], grey[(2 * Size * Size)..]);
    }

    [Fact]
    public void The_same_stream_gives_the_same_bytes_on_every_thread()
    {
        var views = new SimClrViews(new(), Size);
        var (first, second) = Make(views, RandomStream.Root(1));
        Parallel.For(0, 16, _ =>
        {
            var (again, other) = Make(views, RandomStream.Root(1));
            Assert.Equal(first, again);
            Assert.Equal(second, other);
        });
    }

    [Fact]
    public void What_is_no_image_is_a_bad_sample() =>
        Assert.Throws<SampleException>(() => new SimClrViews(new(), Size).Make(new byte[] { 1, 2, 3 },
            RandomStream.Root(1), new byte[3 * Size * Size], new byte[3 * Size * Size]));

    public static TheoryData<SimClrViewsOptions> Wrong =>
    [
        new() { Scale = [0, 1] }, new() { Scale = [0.5, 0.2] }, new() { Jitter = [0.4, 0.4, 0.4] },
        new() { Jitter = [0.4, 1.4, 0.4, 0.1] }, new() { Jitter = [0.4, 0.4, 0.4, 0.6] },
        new() { BlurSigma = [2, 1] }, new() { GreyShare = 1.5 },
    ];

    [Theory, MemberData(nameof(Wrong))]
    public void Options_out_of_range_are_refused(SimClrViewsOptions options) =>
        Assert.Throws<ValidationException>(() => new SimClrViews(options, Size));

    static (byte[] First, byte[] Second) Make(SimClrViews views, RandomStream random)
    {
        var (first, second) = (new byte[3 * Size * Size], new byte[3 * Size * Size]);
        views.Make(photo, random, first, second);
        return (first, second);
    }
}
