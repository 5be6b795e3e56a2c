using Rils.Contract;
using Rils.Imaging;

namespace Rils.Tests.Plugins.Imaging;

/// <summary>libjpeg decodes some JPEGs with a warning. The plugin refuses an image that lost pixels, and reports a
/// warning that costs no pixel as a remark.</summary>
public sealed class LostPixelsTests
{
    const int Size = 32;

    static readonly byte[] whole = Picture.Jpeg(Picture.Waves(150, 96), 150, 96);
    static readonly int scan = whole.AsSpan().IndexOf<byte>([0xFF, 0xDA]);

    static (byte[] Pixels, string? Remark) Decode(byte[] file)
    {
        var pixels = new byte[3 * Size * Size];
        var remark = new RandomResizedCrop(new(), Size).Evaluate(file, pixels).Remark;
        return (pixels, remark);
    }

    public static TheoryData<string, byte[], string> Harmless => new()
    {
        { "bytes between segments", [.. whole[..2], 1, 2, 3, .. whole[2..]],
            "its JPEG data has extraneous bytes before a marker" },
        { "JFIF 7", [.. whole[..2], 0xFF, 0xE0, 0, 16, .. "JFIF"u8, 0, 7, 1, 0, 0, 1, 0, 1, 0, 0, .. whole[2..]],
            "its JPEG data has an unknown JFIF revision" },
        { "a scan's parameters", [.. whole[..(scan + 11)], 1, .. whole[(scan + 12)..]],
            "its JPEG data has the parameters of a progressive JPEG, but is not progressive" },
        { "Adobe's transform", [.. whole[..2], 0xFF, 0xEE, 0, 14, .. "Adobe"u8, 0, 100, 0, 0, 0, 0, 9, .. whole[2..]],
            "its JPEG data has an unknown Adobe colour transform" },
    };

    [Theory]
    [MemberData(nameof(Harmless))]
    public void A_warning_that_costs_no_pixel_is_a_remark(string name, byte[] file, string remark)
    {
        Assert.Null(Decode(whole).Remark);
        var found = Decode(file);
        Assert.True(remark == found.Remark, $"{name}: {found.Remark}");
        Assert.Equal(Decode(whole).Pixels, found.Pixels);
    }

    /// <summary>The missing data ranges from most of the image to its last few blocks, which libvips does not
    /// check.</summary>
    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.99)]
    public void Data_that_ends_before_the_last_row_is_refused(double kept)
    {
        var cut = scan + (int)((whole.Length - scan) * kept);
        Assert.Equal("the image has lost pixels: VipsJpeg: Corrupt JPEG data: premature end of data segment",
            Assert.Throws<SampleException>(() => Decode([.. whole[..cut], 0xFF, 0xD9])).Message);
        Assert.Throws<SampleException>(() => Decode([.. whole[..cut], 0xFF, 0xFF, 0xD9]));
        Assert.Contains("premature end of JPEG image",
            Assert.Throws<SampleException>(() => Decode(whole[..cut])).Message);
    }

    /// <summary>The plugin takes none of hundreds of whole images, in all forms, for one that lost pixels. Bytes behind
    /// the end change no pixel.</summary>
    [Theory]
    [InlineData("[Q=90]")]
    [InlineData("[Q=30,optimize_coding]")]
    [InlineData("[Q=75,interlace]")]
    [InlineData("[Q=75,subsample_mode=off]")]
    [InlineData("[Q=75,restart_interval=2]")]
    public void Whole_images_are_never_refused(string how)
    {
        for (var side = 1; side < 70; side++)
        {
            var (width, height) = (side, 70 - side);
            using var image = NetVips.Image.NewFromBuffer(Picture.Png(Picture.Waves(width, height), width, height));
            using var grey = image[0];
            foreach (var file in (byte[][])[image.WriteToBuffer($".jpg{how}"), grey.WriteToBuffer($".jpg{how}")])
            {
                var (pixels, remark) = Decode(file);
                Assert.Null(remark);
                Assert.Equal(pixels, Decode([.. file, 1, 2, 0xFF, 0xDA, 3]).Pixels);
                Assert.Equal(pixels, Decode([.. file[..^2], 0xFF, 0xFF, 0xFF, 0xD9]).Pixels);
            }
        }
    }

    /// <summary>Many threads decode images that fail beside images with remarks. Each image always gets its own
    /// cause.</summary>
    [Fact]
    public void The_cause_of_an_image_is_its_own_whatever_others_say()
    {
        byte[][] files =
        [
            whole, [.. whole[..2], 1, 2, 3, .. whole[2..]], [.. whole[..(whole.Length / 2)], 0xFF, 0xD9],
            whole[..(whole.Length / 2)], Picture.PngClaiming(50, 50), [1, 2, 3], "<html>"u8.ToArray(),
        ];
        string Told(int i)
        {
            try
            {
                return Decode(files[i % files.Length]).Remark ?? "";
            }
            catch (SampleException cause)
            {
                return cause.Message;
            }
        }
        string[] alone = [.. Enumerable.Range(0, files.Length).Select(Told)];
        Assert.Equal(files.Length, alone.Distinct().Count());
        var told = new string[40 * files.Length];
        Parallel.For(0, told.Length, new() { MaxDegreeOfParallelism = 8 }, i => told[i] = Told(i));
        Assert.All(told.Index(), one => Assert.Equal(alone[one.Index % files.Length], one.Item));
    }

    [Fact]
    public void What_takes_too_much_memory_is_refused_by_its_header()
    {
        using var pixel = Picture.Plain(1, 1, NetVips.Enums.Interpretation.Rgb16, NetVips.Enums.BandFormat.Ushort, 1, 2,
            3, 4);
        var message = Assert.Throws<SampleException>(() =>
            Decode(Picture.Claiming(pixel.WriteToBuffer(".png"), 10_000, 9_000))).Message;
        Assert.Equal("the image has 10000 x 9000 pixels of 8 bytes, 720 MB; the most is 400", message);
        Assert.Contains("no image that can be decoded",
            Assert.Throws<SampleException>(() => Decode(Picture.PngClaiming(10_000, 9_000))).Message);
    }
}
