using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Rils.Contract;
using StbImageWriteSharp;

namespace Rils.Engine.Datasets.Inspection;

/// <summary>The facts that an inspection takes of one sample.</summary>
sealed record SampleFacts(string Key, int Bytes, string Format, int Width, int Height, ulong Content,
    IReadOnlyList<string> Captions, int? Class, IReadOnlyList<string> Others, byte[]? Png)
{
    /// <summary>Decodes the image and takes the facts.</summary>
    /// <param name="sample">The sample with its image.</param>
    /// <param name="decoder">Decodes images of <paramref name="size"/> pixels.</param>
    /// <param name="size">Side of a thumbnail, in pixels.</param>
    /// <param name="isShown">Whether the sample has a thumbnail.</param>
    public static SampleFacts Of(Sample sample, IAugmentation decoder, int size, bool isShown)
    {
        var pixels = new byte[3 * size * size];
        var crop = decoder.Evaluate(sample.Image, pixels);
        return new(sample.Key, sample.Image.Length, ImageFormat.Of(sample.Image.Span) ?? "other", crop.ImageWidth,
            crop.ImageHeight, HashOf(sample.Image.Span), sample.Find<Captions>()?.Texts ?? [],
            sample.Find<Label>()?.Number,
            [.. sample.Components.Where(one => one is not (Contract.Captions or Label))
                .Select(one => Sample.NameOf(one.GetType()))],
            isShown ? Encoded(pixels, size) : null);
    }

    /// <summary>The first 8 bytes of the SHA-256.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> content) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(content));

    public static ulong HashOf(string text) => HashOf(Encoding.UTF8.GetBytes(text));

    static byte[] Encoded(byte[] planes, int size)
    {
        var rgb = new byte[planes.Length];
        var plane = size * size;
        for (var pixel = 0; pixel < plane; pixel++)
            for (var channel = 0; channel < 3; channel++)
                rgb[3 * pixel + channel] = planes[channel * plane + pixel];
        using var png = new MemoryStream();
        new ImageWriter().WritePng(rgb, size, size, ColorComponents.RedGreenBlue, png);
        return png.ToArray();
    }
}
