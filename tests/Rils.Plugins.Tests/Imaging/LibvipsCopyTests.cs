using NetVips;
using Rils.Contract;
using Rils.Imaging;

namespace Rils.Tests.Plugins.Imaging;

/// <summary>Several copies of libvips work in one process: each has its own state, and all give the same
/// results.</summary>
public sealed class LibvipsCopyTests
{
    const int Size = 24, Copies = 2;

    static readonly RandomResizedCropOptions options = new() { Scale = [0.1, 0.7], Ratio = [0.3, 2.9], Flip = true };
    static readonly RandomResizedCrop original = new(options, Size);
    static readonly LibvipsCopy[] copies =
        [.. Enumerable.Range(0, Copies).Select(_ => LibvipsCopy.Load(LibvipsCopy.Original!)!)];
    static readonly byte[] jpeg = Picture.Jpeg(Picture.Waves(120, 100), 120, 100);

    static IAugmentation Crop(LibvipsCopy copy) => (IAugmentation)copy.Make(typeof(RandomResizedCrop), options, Size);

    static PerThread<IAugmentation> Spread(params LibvipsCopy?[] others) =>
        new(original, options, Size, [.. others.Select(copy => new Lazy<LibvipsCopy?>(() => copy))]);

    /// <summary>The remark and the pixels of a crop, or the cause of a refusal.</summary>
    static string Told(IAugmentation crop, byte[] file, int stream)
    {
        var pixels = new byte[3 * Size * Size];
        try
        {
            var remark = crop.Train(file, RandomStream.Root(stream), pixels);
            return $"{remark}: {Convert.ToHexString(pixels)}";
        }
        catch (SampleException cause)
        {
            return cause.Message;
        }
    }

    /// <summary>Reads a static property of a copy's NetVips.</summary>
    static object? Setting(LibvipsCopy copy, Type type, string name) =>
        copy.LoadFromAssemblyName(type.Assembly.GetName()).GetType(type.FullName!)!.GetProperty(name)!.GetValue(null);

    [Fact]
    public void Each_copy_is_a_library_of_its_own_whose_file_is_gone()
    {
        Array.ForEach(copies, copy => Told(Crop(copy), jpeg, 0));
        var names = File.ReadLines("/proc/self/maps").Where(line => line.Contains("rils-libvips-"))
            .Select(line => line[line.IndexOf('/')..]).Distinct().ToArray();
        Assert.True(names.Length >= Copies, string.Join("; ", names));
        Assert.All(names, name => Assert.EndsWith("libvips.so.42 (deleted)", name));
    }

    [Fact]
    public void Each_copy_has_its_own_settings_and_all_have_the_same()
    {
        Assert.All(copies, copy =>
        {
            Told(Crop(copy), jpeg, 0);
            Assert.Equal(0, Setting(copy, typeof(Cache), nameof(Cache.Max)));
            Assert.Equal(1, Setting(copy, typeof(NetVips.NetVips), nameof(NetVips.NetVips.Concurrency)));
        });
        var files = Cache.MaxFiles;
        Cache.MaxFiles = files + 1;
        Assert.All(copies, copy => Assert.Equal(files, Setting(copy, typeof(Cache), nameof(Cache.MaxFiles))));
        Cache.MaxFiles = files;
    }

    /// <summary>Many threads decode at once. If copies shared messages, a crop would report the remark or the cause of
    /// another image.</summary>
    [Fact]
    public void Every_copy_has_the_same_pixels_remarks_and_causes()
    {
        byte[][] files =
        [
            jpeg, Picture.Png(Picture.Waves(90, 70), 90, 70), [.. jpeg[..2], 1, 2, 3, .. jpeg[2..]],
            [.. jpeg[..(jpeg.Length / 2)], 0xFF, 0xD9], jpeg[..(jpeg.Length / 2)], Picture.PngClaiming(50, 50),
            [1, 2, 3],
        ];
        string[] alone = [.. files.Select((file, i) => Told(original, file, i))];
        Assert.Equal(files.Length, alone.Distinct().Count());
        IAugmentation[] crops = [original, .. copies.Select(Crop)];
        var told = new string[20 * crops.Length * files.Length];
        Parallel.For(0, told.Length, new() { MaxDegreeOfParallelism = 8 }, i =>
        {
            var file = i % files.Length;
            told[i] = Told(crops[i / files.Length % crops.Length], files[file], file);
        });
        Assert.All(told.Index(), one => Assert.Equal(alone[one.Index % files.Length], one.Item));
    }

    [Fact]
    public void Every_copy_has_the_same_views()
    {
        SimClrViewsOptions options = new()
        {
            Scale = [0.2, 0.3], Jitter = [0.1, 0.2, 0.3, 0.4], BlurSigma = [0.5, 1.5], FlipShare = 0.25,
        };
        IViewAugmentation[] all =
        [
            new SpreadViews(options, Size),
            .. copies.Select(copy => (IViewAugmentation)copy.Make(typeof(SimClrViews), options, Size)),
        ];
        byte[] Views(IViewAugmentation views, int stream)
        {
            var pixels = new byte[2 * 3 * Size * Size];
            var half = pixels.Length / 2;
            views.Make(jpeg, RandomStream.Root(stream), [pixels.AsMemory(0, half), pixels.AsMemory(half)]);
            return pixels;
        }
        for (var stream = 0; stream < 8; stream++)
        {
            var expected = Views(new SimClrViews(options, Size), stream);
            Assert.All(all, views => Assert.Equal(expected, Views(views, stream)));
        }
    }

    [Fact]
    public void A_thread_sticks_to_one_copy_and_threads_take_turns()
    {
        var spread = Spread(copies);
        var mine = new IAugmentation[2 * (Copies + 1)];
        for (var i = 0; i < mine.Length; i++)
        {
            var thread = new Thread(at =>
            {
                mine[(int)at!] = spread.Mine;
                Assert.Same(spread.Mine, spread.Mine);
            });
            thread.Start(i);
            thread.Join();
        }
        Assert.Equal(Copies + 1, mine.Distinct().Count());
        Assert.Equal(mine[..(Copies + 1)], mine[(Copies + 1)..]);
    }

    [Fact]
    public void Where_no_copy_can_be_loaded_its_threads_use_the_original()
    {
        var text = Path.GetTempFileName();
        File.WriteAllText(text, "no library");
        try
        {
            Assert.Null(LibvipsCopy.Load(text));
        }
        finally
        {
            File.Delete(text);
        }
        Assert.Null(LibvipsCopy.Load(text));
        Assert.Same(original, Spread(null, null).Mine);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(16, 8)]
    [InlineData(128, 8)]
    public void Two_decoding_threads_share_a_copy_and_eight_are_the_most(int threads, int expected) =>
        Assert.Equal(expected, LibvipsCopies.Count(threads));
}
