using Rils.Contract;
using Rils.Imaging;
using Rils.Tests.Golden;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Imaging;

/// <summary>Holds decoding and resizing to Pillow's bytes.</summary>
[Trait("Category", "Golden")]
public sealed class GoldenPixelsTests : IDisposable
{
    readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string> Cases => GoldenCases.Of("pixels");

    public void Dispose() => scope.Dispose();

    [Theory, MemberData(nameof(Cases))]
    public void A_box_is_resized_to_the_bytes_of_Pillow(string folder)
    {
        var golden = new GoldenCase(folder);
        var (images, outputs) = (golden.Read("resize-inputs"), golden.Read("resize-outputs"));
        Assert.NotEmpty(outputs);
        foreach (var (name, expected) in outputs)
        {
            // image.0.box2.bicubic.16, or image.0.box1.cropped.bicubic.16
            var parts = name.Split('.');
            var image = images[$"{parts[0]}.{parts[1]}"];
            // Pillow holds a box in single precision.
            float[] box = [.. golden.Json.GetProperty("resize_boxes").GetProperty($"{parts[0]}.{parts[1]}")[
                int.Parse(parts[2]["box".Length..])].EnumerateArray().Select(side => (float)side.GetDouble())];
            var isCropped = parts.Contains("cropped");
            if (isCropped) image = image[(int)box[1]..(int)box[3], (int)box[0]..(int)box[2]].contiguous();
            var (height, width) = ((int)image.shape[0], (int)image.shape[1]);
            var interpolation = parts.Contains("bilinear") ? Interpolation.Bilinear : Interpolation.Bicubic;
            var size = (int)expected.shape[0];
            Extent Side(float from, float to, int side) =>
                isCropped ? Extent.Cropped(0, side) : new(from, to - from, 0, side);
            var pixels = new byte[3 * size * size];
            Resampler.Resize(image.data<byte>().ToArray(), width, Side(box[1], box[3], height),
                Side(box[0], box[2], width), isMirrored: false, size, interpolation, pixels);
            Assert.True(expected.permute(2, 0, 1).contiguous().data<byte>().ToArray().AsSpan().SequenceEqual(pixels),
                $"{name}: other bytes than Pillow's");
        }
    }

    /// <summary>Files whose transparent parts Pillow leaves as they are stored, and this project shows on
    /// white.</summary>
    static readonly string[] transparent =
    [
        "rgba16.png", "la16.png", "palette-transparent-index.png", "palette-transparent-table.png", "la.png",
        "rgba.png", "grey8-transparent.png", "rgb-transparent.png", "transparent.gif", "alpha.webp",
        "alpha-inexact.webp",
        // The first frame covers a part of the canvas; Pillow shows the palette's background around it.
        "offset-frame.gif",
    ];

    /// <summary>Files of 16-bit grey, which Pillow cuts off at 255.</summary>
    static readonly string[] wideGrey = ["grey16.png", "grey16.tiff"];

    /// <summary>Files that this project refuses: libvips reads no BMP, and an image with lost pixels is a bad
    /// sample.</summary>
    static readonly string[] refused = ["rgb.bmp", "truncated.jpg", "truncated.png", "zero-bytes.jpg"];

    [Theory, MemberData(nameof(Cases))]
    public void Files_are_decoded_to_the_bytes_of_Pillow(string folder)
    {
        var golden = new GoldenCase(folder);
        var outputs = golden.Read("outputs");
        foreach (var name in golden.Json.GetProperty("files").EnumerateObject().Select(file => file.Name))
        {
            var bytes = File.ReadAllBytes(Path.Combine(folder, "files", name));
            if (refused.Contains(name))
            {
                Assert.Throws<SampleException>(() => ImageReader.ReadWhole(bytes));
                continue;
            }
            var shown = ImageReader.ReadWhole(bytes);
            // Only a file with an orientation has an image that is turned by it.
            var expected = outputs.GetValueOrDefault($"{name}.transposed") ?? outputs[name];
            Assert.Equal((expected.shape[0], expected.shape[1]), (shown.Height, shown.Width));
            byte[] ours = shown.Rgb.ToArray(), pillows = expected.data<byte>().ToArray();
            if (wideGrey.Contains(name))
                Assert.All(ours.Zip(pillows), pair => Assert.True(pair.Second == 255 || pair.First <= 1));
            else if (transparent.Contains(name))
                Assert.Contains(ours.Zip(pillows), pair => pair.First != pair.Second);
            else Assert.True(pillows.AsSpan().SequenceEqual(ours), $"{name}: other bytes than Pillow's");
        }
    }
}
