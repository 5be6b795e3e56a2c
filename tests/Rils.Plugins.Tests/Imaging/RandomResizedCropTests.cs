using System.ComponentModel.DataAnnotations;
using System.Text;
using NetVips;
using Rils.Contract;
using Rils.Imaging;

namespace Rils.Tests.Plugins.Imaging;

public sealed class RandomResizedCropTests
{
    const int Size = 32;

    static readonly RandomResizedCrop augmentation = new(new(), Size);

    static byte[] Evaluate(byte[] file, int size = Size)
    {
        var pixels = new byte[3 * size * size];
        new RandomResizedCrop(new(), size).Evaluate(file, pixels);
        return pixels;
    }

    static byte[] Train(byte[] file, RandomStream random, RandomResizedCropOptions? options = null)
    {
        var pixels = new byte[3 * Size * Size];
        new RandomResizedCrop(options ?? new(), Size).Train(file, random, pixels);
        return pixels;
    }

    static void AssertClose(double[] expected, byte[] actual, int size, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance,
                $"[{i / size / size}, {i / size % size}, {i % size}]: {expected[i]:f2} and {actual[i]}");
    }

    static void AssertAlike(byte[] expected, byte[] actual, double tolerance) =>
        Assert.InRange(expected.Zip(actual).Average(pair => Math.Abs(pair.First - pair.Second)), 0, tolerance);

    [Theory]
    [InlineData(64, 64, 32)]
    [InlineData(128, 128, 32)]
    [InlineData(97, 97, 32)]
    [InlineData(300, 300, 48)]
    [InlineData(24, 24, 48)]
    [InlineData(32, 32, 32)]
    public void A_square_is_resized_as_the_definition_says(int width, int height, int size)
    {
        var rgb = Picture.Waves(width, height);
        AssertClose(ReferenceResize.Resize(rgb, width, (0, 0, width, height), size),
            Evaluate(Picture.Png(rgb, width, height), size), size, 1.1);
    }

    /// <summary>Nothing shrinks a PNG while it is decoded, so that both ways give the same bytes; so do they for a JPEG
    /// that is not four times as large as the result.</summary>
    [Fact]
    public void A_decoded_image_is_cropped_as_its_file_is()
    {
        var rgb = Picture.Waves(70, 50);
        foreach (var file in (byte[][])[Picture.Png(rgb, 70, 50), Picture.Jpeg(rgb, 70, 50)])
        {
            var image = augmentation.Decode(file);
            Assert.Equal((70, 50), (image.Width, image.Height));
            byte[] ofFile = new byte[3 * Size * Size], ofImage = new byte[3 * Size * Size];
            Assert.Equal(augmentation.Evaluate(file, ofFile), augmentation.Evaluate(image, ofImage));
            Assert.Equal(ofFile, ofImage);
            for (var seed = 0; seed < 8; seed++)
            {
                var random = RandomStream.Root(seed);
                Assert.Equal(augmentation.Train(file, random, ofFile), augmentation.Train(image, random, ofImage));
                Assert.Equal(ofFile, ofImage);
            }
        }
        Assert.Equal(rgb, augmentation.Decode(Picture.Png(rgb, 70, 50)).Rgb.ToArray());
        Assert.Throws<SampleException>(() => augmentation.Decode(new byte[10]));
    }

    [Fact]
    public void Views_of_a_decoded_image_are_those_of_its_file()
    {
        var (views, file) = (new SimClrViews(new(), Size), Picture.Png(Picture.Waves(70, 50), 70, 50));
        byte[][] pixels = [.. Enumerable.Range(0, 4).Select(_ => new byte[3 * Size * Size])];
        for (var seed = 0; seed < 8; seed++)
        {
            Assert.Equal(views.Make(file, RandomStream.Root(seed), [pixels[0], pixels[1]]),
                views.Make(views.Decode(file), RandomStream.Root(seed), [pixels[2], pixels[3]]));
            Assert.Equal(pixels[0], pixels[2]);
            Assert.Equal(pixels[1], pixels[3]);
        }
    }

    [Fact]
    public void Evaluation_takes_the_centre()
    {
        var rgb = Picture.Waves(160, 64);
        // Shrinking 64 rows to 32 halves both sides. Columns beside the centre have weight in the result, as if the
        // crop made all 80 columns and left out 24 on each side.
        var whole = ReferenceResize.Resize(rgb, 160, (0, 0, 160, 64), 80, Size);
        AssertClose([.. whole.Where((_, i) => i % 80 is >= 24 and < 56)],
            Evaluate(Picture.Png(rgb, 160, 64)), Size, 1.1);
    }

    [Fact]
    public void Training_resizes_the_box_that_was_drawn()
    {
        var rgb = Picture.Waves(150, 110);
        var file = Picture.Png(rgb, 150, 110);
        for (var step = 0; step < 12; step++)
        {
            var random = RandomStream.Root(step);
            var box = CropBox.Draw(150, 110, [0.5, 1], CropBox.UsualRatio, random.Fork("crop").Draw());
            AssertClose(ReferenceResize.Resize(rgb, 150, (box.Left, box.Top, box.Width, box.Height), Size),
                Train(file, random), Size, 1.1);
        }
    }

    [Theory]
    [InlineData(260)]
    [InlineData(520)]
    [InlineData(1024)]
    [InlineData(1030)]
    public void A_JPEG_decoded_at_a_fraction_of_its_size_shows_the_same(int side)
    {
        var rgb = Picture.Waves(64, 64);
        using var small = Image.NewFromBuffer(Picture.Png(rgb, 64, 64));
        using var large = small.Resize(side / 64.0);
        var (jpeg, png) = (large.JpegsaveBuffer(q: 98, subsampleMode: Enums.ForeignSubsample.Off),
            large.PngsaveBuffer());
        for (var step = 0; step < 6; step++)
        {
            var (one, other) = (Train(jpeg, RandomStream.Root(step)), Train(png, RandomStream.Root(step)));
            AssertAlike(one, other, 1.5);
        }
        // libvips drops the last pixels where 8 does not divide the size.
        AssertAlike(Evaluate(jpeg), Evaluate(png), side % 8 == 0 ? 1 : 4);
    }

    [Fact]
    public void Mirroring_changes_half_of_the_images_and_nothing_else()
    {
        var file = Picture.Png(Picture.Waves(80, 80), 80, 80);
        var mirrored = 0;
        for (var step = 0; step < 200; step++)
        {
            var (plain, flipped) = (Train(file, RandomStream.Root(step)),
                Train(file, RandomStream.Root(step), new() { Flip = true }));
            if (plain.AsSpan().SequenceEqual(flipped)) continue;
            Assert.Equal(plain.Chunk(Size).SelectMany(row => row.Reverse()), flipped);
            mirrored++;
        }
        Assert.InRange(mirrored, 70, 130);
    }

    [Fact]
    public void The_same_stream_gives_the_same_bytes_on_any_thread()
    {
        byte[][] files =
        [
            Picture.Png(Picture.Waves(90, 70), 90, 70), Picture.Jpeg(Picture.Waves(400, 300), 400, 300),
            Picture.Jpeg(Picture.Waves(64, 64), 64, 64), Picture.Jpeg(Picture.Waves(700, 900), 700, 900),
        ];
        var expected = Enumerable.Range(0, 200).Select(i => Train(files[i % 4], RandomStream.Root(i))).ToArray();
        for (var round = 0; round < 3; round++)
        {
            var actual = new byte[expected.Length][];
            Parallel.For(0, expected.Length, new() { MaxDegreeOfParallelism = 8 }, i =>
            {
                actual[i] = new byte[3 * Size * Size];
                augmentation.Train(files[i % 4], RandomStream.Root(i), actual[i]);
            });
            Assert.Equal(expected, actual);
        }
    }

    [Fact]
    public void Bytes_in_the_middle_of_an_array_are_read()
    {
        var file = Picture.Png(Picture.Waves(40, 40), 40, 40);
        var pixels = new byte[3 * Size * Size];
        augmentation.Evaluate(new byte[] { 1, 2, 3 }.Concat(file).Append((byte)9).ToArray().AsMemory(3, file.Length),
            pixels);
        Assert.Equal(Evaluate(file), pixels);
    }

    public static TheoryData<string, byte[], int[], int> Colours => new()
    {
        { "grey", Save(Enums.Interpretation.Bw, Enums.BandFormat.Uchar, ".png", 77), [77, 77, 77], 0 },
        { "grey and alpha", Save(Enums.Interpretation.Bw, Enums.BandFormat.Uchar, ".png", 0, 51), [204, 204, 204], 1 },
        { "transparent", Save(Enums.Interpretation.Srgb, Enums.BandFormat.Uchar, ".png", 10, 20, 30, 0),
            [255, 255, 255], 0 },
        { "WebP", Save(Enums.Interpretation.Srgb, Enums.BandFormat.Uchar, ".webp[Q=100]", 200, 100, 50),
            [200, 100, 50], 3 },
        { "progressive JPEG", Save(Enums.Interpretation.Srgb, Enums.BandFormat.Uchar, ".jpg[Q=100,interlace]", 200, 100,
            50), [200, 100, 50], 2 },
        { "half transparent", Save(Enums.Interpretation.Srgb, Enums.BandFormat.Uchar, ".webp[lossless]", 255, 0, 100,
            128), [255, 127, 177], 1 },
        { "16 bits", Save(Enums.Interpretation.Rgb16, Enums.BandFormat.Ushort, ".png", 65535, 128 * 257, 0),
            [255, 128, 0], 1 },
        { "16 bits and alpha", Save(Enums.Interpretation.Rgb16, Enums.BandFormat.Ushort, ".png", 65535, 0, 0, 32768),
            [255, 127, 127], 2 },
        { "16-bit grey", Save(Enums.Interpretation.Grey16, Enums.BandFormat.Ushort, ".png", 200 * 257),
            [200, 200, 200], 1 },
        { "palette", Save(Enums.Interpretation.Srgb, Enums.BandFormat.Uchar, ".png[palette]", 200, 100, 50),
            [200, 100, 50], 1 },
        { "grey JPEG", Save(Enums.Interpretation.Bw, Enums.BandFormat.Uchar, ".jpg[Q=100]", 90), [90, 90, 90], 1 },
        { "CMYK without ink", Save(Enums.Interpretation.Cmyk, Enums.BandFormat.Uchar, ".jpg[Q=100]", 0, 0, 0, 0),
            [255, 255, 255], 4 },
        { "CMYK yellow", Save(Enums.Interpretation.Cmyk, Enums.BandFormat.Uchar, ".jpg[Q=100]", 0, 0, 255, 0),
            [255, 242, 0], 40 },
        { "CMYK black", Save(Enums.Interpretation.Cmyk, Enums.BandFormat.Uchar, ".jpg[Q=100]", 0, 0, 0, 255),
            [25, 25, 25], 30 },
    };

    static byte[] Save(Enums.Interpretation interpretation, Enums.BandFormat format,
        string suffix, params double[] colour)
    {
        using var image = Picture.Plain(40, 56, interpretation, format, colour);
        return image.WriteToBuffer(suffix);
    }

    [Theory]
    [MemberData(nameof(Colours))]
    public void Any_colours_become_RGB_on_white(string name, byte[] file, int[] rgb, int tolerance)
    {
        foreach (var pixels in (byte[][])[Evaluate(file), Train(file, RandomStream.Root(3))])
            for (var i = 0; i < pixels.Length; i++)
                Assert.True(Math.Abs(rgb[i / (Size * Size)] - pixels[i]) <= tolerance,
                    $"{name}: band {i / (Size * Size)} is {pixels[i]}, not {rgb[i / (Size * Size)]}");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void The_rotation_that_EXIF_asks_for_is_applied_before_the_crop(int orientation)
    {
        using var upright = Image.NewFromBuffer(Picture.Png(Picture.Waves(120, 90), 120, 90));
        using var stored = orientation switch
        {
            2 => upright.FlipHor(),
            3 => upright.Rot180(),
            4 => upright.FlipVer(),
            5 => upright.Rot270().FlipVer(),
            6 => upright.Rot270(),
            7 => upright.Rot90().FlipVer(),
            8 => upright.Rot90(),
            _ => upright.Copy(),
        };
        using var tagged = stored.Mutate(image => image.Set(GValue.GIntType, "orientation", orientation));
        var jpeg = tagged.JpegsaveBuffer(q: 98, subsampleMode: Enums.ForeignSubsample.Off);
        for (var step = 0; step < 4; step++)
        {
            var (expected, actual) = (Train(upright.PngsaveBuffer(), RandomStream.Root(step)),
                Train(jpeg, RandomStream.Root(step)));
            AssertAlike(expected, actual, 2);
        }
    }

    public static TheoryData<byte[], string> TooLarge => new()
    {
        { Picture.PngClaiming(30000, 20000), "30000 x 20000 = 600 megapixels" },
        { Picture.JpegClaiming(30000, 20000), "30000 x 20000 = 600 megapixels" },
        { Picture.WebpClaiming(16000, 12500), "16000 x 12500 = 200 megapixels" },
    };

    /// <summary>None of these files holds more than four pixels, so decoding any of them would fail with another
    /// error.</summary>
    [Theory]
    [MemberData(nameof(TooLarge))]
    public void An_image_that_is_too_large_is_refused_before_it_is_decoded(byte[] file, string size)
    {
        Assert.Contains(size, Assert.Throws<SampleException>(() => Evaluate(file)).Message);
        Assert.Contains(size, Assert.Throws<SampleException>(() => Train(file, RandomStream.Root(0))).Message);
    }

    [Fact]
    public void What_is_no_image_is_refused()
    {
        var whole = Picture.Jpeg(Picture.Waves(200, 200), 200, 200);
        foreach (var bad in (byte[][])[[], [1, 2, 3], Encoding.UTF8.GetBytes("<html>not an image</html>"),
            whole[..(whole.Length / 2)], Picture.PngClaiming(50, 50)])
        {
            Assert.Contains("no image that can be decoded",
                Assert.Throws<SampleException>(() => Evaluate(bad)).Message);
            Assert.Throws<SampleException>(() =>
                Train(bad, RandomStream.Root(0), new() { Scale = [1, 1], Ratio = [1, 1] }));
        }
    }

    [Theory]
    [InlineData(1, 500)]
    [InlineData(500, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 2)]
    public void Thin_and_tiny_images_work(int width, int height)
    {
        var file = Picture.Png(Picture.Waves(width, height), width, height);
        Evaluate(file);
        for (var step = 0; step < 10; step++) Train(file, RandomStream.Root(step));
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        Refuse(new() { Scale = [0.9, 0.5] }, "scale");
        Refuse(new() { Scale = [0, 1] }, "scale");
        Refuse(new() { Scale = [0.5, 1.5] }, "scale");
        Refuse(new() { Scale = [0.5] }, "Scale");
        Refuse(new() { Ratio = [2, 1] }, "ratio");
        Refuse(new() { Ratio = [double.NaN, 1] }, "ratio");

        static void Refuse(RandomResizedCropOptions options, string name) =>
            Assert.Contains(name,
                Assert.Throws<ValidationException>(() => new RandomResizedCrop(options, Size)).Message);
    }
}
