using System.Buffers.Binary;
using NetVips;

namespace Rils.Tests.Plugins.Imaging;

/// <summary>Makes image files.</summary>
static class Picture
{
    /// <summary>Interleaved RGB of smooth waves with some sharp edges, different in each band.</summary>
    public static byte[] Waves(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                for (var band = 0; band < 3; band++)
                {
                    var wave = 128 + 90 * Math.Sin(x * 0.11 * (band + 1) + y * 0.07)
                        + (x * 7 / width + y * 5 / height) % 2 * 30;
                    pixels[(y * width + x) * 3 + band] = (byte)Math.Clamp(wave, 0, 255);
                }
        return pixels;
    }

    public static byte[] Png(byte[] rgb, int width, int height)
    {
        using var image = Image.NewFromMemory(rgb, width, height, 3, Enums.BandFormat.Uchar);
        using var colours = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return colours.PngsaveBuffer();
    }

    public static byte[] Jpeg(byte[] rgb, int width, int height, int quality = 95)
    {
        using var image = Image.NewFromMemory(rgb, width, height, 3, Enums.BandFormat.Uchar);
        using var colours = image.Copy(interpretation: Enums.Interpretation.Srgb);
        return colours.JpegsaveBuffer(q: quality, subsampleMode: Enums.ForeignSubsample.Off);
    }

    /// <summary>An image of one colour, in any format.</summary>
    public static Image Plain(int width, int height,
        Enums.Interpretation interpretation, Enums.BandFormat format, params double[] colour)
    {
        using var black = Image.Black(width, height, bands: colour.Length);
        using var filled = black.Linear([.. colour.Select(_ => 1.0)], colour);
        using var cast = filled.Cast(format);
        return cast.Copy(interpretation: interpretation);
    }

    /// <summary>A PNG whose header says another size, with the right checksum.</summary>
    public static byte[] PngClaiming(int width, int height) => Claiming(Png(new byte[12], 2, 2), width, height);

    /// <inheritdoc cref="PngClaiming"/>
    public static byte[] Claiming(byte[] file, int width, int height)
    {
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), height);
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Checksum(file.AsSpan(12, 17)));
        return file;
    }

    /// <summary>A JPEG whose frame header says another size.</summary>
    public static byte[] JpegClaiming(ushort width, ushort height)
    {
        var file = Jpeg(new byte[12], 2, 2);
        var frame = file.AsSpan(file.AsSpan().IndexOf<byte>([0xFF, 0xC0]));
        BinaryPrimitives.WriteUInt16BigEndian(frame[5..], height);
        BinaryPrimitives.WriteUInt16BigEndian(frame[7..], width);
        return file;
    }

    /// <summary>A lossless WebP whose header says another size, at most 16384 each way.</summary>
    public static byte[] WebpClaiming(int width, int height)
    {
        using var image = Image.Black(2, 2, bands: 3);
        using var colours = image.Copy(interpretation: Enums.Interpretation.Srgb);
        var file = colours.WebpsaveBuffer(lossless: true, keep: Enums.ForeignKeep.None);
        var stream = file.AsSpan(file.AsSpan().IndexOf("VP8L"u8) + 8);
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(stream[1..]) & 0xF0000000;
        BinaryPrimitives.WriteUInt32LittleEndian(stream[1..], flags | (uint)(width - 1) | (uint)(height - 1) << 14);
        return file;
    }

    static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        foreach (var value in bytes)
        {
            sum ^= value;
            for (var bit = 0; bit < 8; bit++) sum = sum >> 1 ^ ((sum & 1) * 0xEDB88320);
        }
        return ~sum;
    }
}
