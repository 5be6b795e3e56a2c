using BenchmarkDotNet.Attributes;
using NetVips;
using Rils.Contract;
using Rils.Imaging;

namespace Rils.Benchmarks;

/// <summary>A JPEG to the pixels of a random resized crop, on one thread: photographs for 224 pixels, small drawings
/// for 64.</summary>
[MemoryDiagnoser]
public class DecodeAndCrop
{
    readonly byte[] photograph = Jpeg(500, 375), drawing = Jpeg(128, 128);
    readonly RandomResizedCrop to224 = new(new(), 224), to64 = new(new(), 64);
    readonly byte[] pixels = new byte[3 * 224 * 224];
    readonly RandomStream random = RandomStream.Root(0);
    long next;

    [Benchmark]
    public void From500x375To224() => to224.Train(photograph, random.Fork(next++), pixels);

    [Benchmark]
    public void From128x128To64() => to64.Train(drawing, random.Fork(next++), pixels.AsSpan(0, 3 * 64 * 64));

    /// <summary>Gradients with noise of a twentieth of the range: about as many bytes as a photograph has.</summary>
    internal static byte[] Jpeg(int width, int height)
    {
        var noise = RandomStream.Root(1).Draw();
        var rgb = new byte[width * height * 3];
        for (var i = 0; i < rgb.Length; i++)
        {
            var (x, y) = (i / 3 % width, i / 3 / width);
            rgb[i] = (byte)(40 + 80 * x / width + 80 * y / height + 30 * (i % 3) + 13 * noise.NextDouble());
        }
        using var image = Image.NewFromMemory(rgb, width, height, 3, Enums.BandFormat.Uchar);
        using var colours = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return colours.JpegsaveBuffer(q: 90);
    }
}
