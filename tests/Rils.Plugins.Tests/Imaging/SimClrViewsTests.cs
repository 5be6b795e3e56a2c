using System.ComponentModel.DataAnnotations;
using Rils.Contract;
using Rils.Imaging;

namespace Rils.Tests.Plugins.Imaging;

public sealed class SimClrViewsTests
{
    const int Size = 24;

    static readonly SimClrViewsOptions plain = new() { JitterShare = 0, GreyShare = 0, BlurShare = 0, FlipShare = 0 };
    static readonly byte[] photo = Picture.Png(Picture.Waves(200, 150), 200, 150);

    /// <summary>Each view is the crop that the ordinary augmentation makes from the same stream, although the views
    /// come from one decoded image.</summary>
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
            (plain with { FlipShare = 0.5 }, 0.5), (plain with { JitterShare = 0.8 }, 0.8),
            (plain with { SolarizeShare = 0.3 }, 0.3)])
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
    public void More_views_leave_the_first_as_they_were()
    {
        const int Small = 12;
        var (pair, random) = (new SimClrViews(new(), Size), RandomStream.Root(4));
        var many = new SimClrViews(new() { Views = 4, SmallViews = 2, SmallSize = Small }, Size);
        Assert.Equal([Size, Size], pair.Sizes);
        Assert.Equal([Size, Size, Size, Size, Small, Small], many.Sizes);
        byte[][] own = [new byte[3 * Size * Size], new byte[3 * Size * Size]];
        byte[][] all = [.. many.Sizes.Select(size => new byte[3 * size * size])];
        var shown = pair.Make(photo, random, [own[0], own[1]]);
        var more = many.Make(photo, random, [.. all.Select(view => view.AsMemory())]);
        Assert.Equal(shown, more.Take(2));
        Assert.Equal(own[0], all[0]);
        Assert.Equal(own[1], all[1]);
        Assert.Equal(6, all.Select(Convert.ToHexString).Distinct().Count());
        Assert.All(more.Skip(4), crop => Assert.InRange(crop.Width * crop.Height / (200 * 150), 0.045, 0.145));
    }

    /// <summary>A JPEG that is decoded at a part of its size gives each view the bytes that the view alone
    /// gets.</summary>
    [Fact]
    public void A_small_view_is_that_of_its_crop()
    {
        const int Small = 12;
        var options = plain with { Views = 1, SmallViews = 1, SmallSize = Small, SmallScale = [0.05, 0.14] };
        var crop = new RandomResizedCrop(new() { Scale = [0.05, 0.14] }, Small);
        var views = new SimClrViews(options, Size);
        for (var seed = 0; seed < 20; seed++)
        {
            var random = RandomStream.Root(seed);
            byte[] whole = new byte[3 * Size * Size], small = new byte[3 * Small * Small], alone = [.. small];
            var shown = views.Make(photo, random, [whole, small]);
            Assert.Equal(crop.Train(photo, random.Fork(1), alone), shown[1]);
            Assert.Equal(alone, small);
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
            RandomStream.Root(1), [new byte[3 * Size * Size], new byte[3 * Size * Size]]));

    public static TheoryData<SimClrViewsOptions> Wrong =>
    [
        new() { Scale = [0, 1] }, new() { Scale = [0.5, 0.2] }, new() { Jitter = [0.4, 0.4, 0.4] },
        new() { Jitter = [0.4, 1.4, 0.4, 0.1] }, new() { Jitter = [0.4, 0.4, 0.4, 0.6] },
        new() { BlurSigma = [2, 1] }, new() { GreyShare = 1.5 }, new() { SolarizeShare = -1 }, new() { Views = 0 },
        new() { SmallViews = 2, SmallScale = [0.3, 0.1] }, new() { SmallSize = 0 },
    ];

    [Theory, MemberData(nameof(Wrong))]
    public void Options_out_of_range_are_refused(SimClrViewsOptions options) =>
        Assert.Throws<ValidationException>(() => new SimClrViews(options, Size));

    static (byte[] First, byte[] Second) Make(SimClrViews views, RandomStream random)
    {
        var (first, second) = (new byte[3 * Size * Size], new byte[3 * Size * Size]);
        views.Make(photo, random, [first, second]);
        return (first, second);
    }
}
