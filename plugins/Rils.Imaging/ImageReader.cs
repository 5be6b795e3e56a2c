using NetVips;

namespace Rils.Imaging;

/// <summary>Decodes images, and reports for each image only its own problems, although all threads of one libvips share
/// its buffer of messages.</summary>
/// <remarks>Threads decode side by side, and none reads a message. When libvips refuses an image, this class decodes
/// that image again while no other thread decodes with this libvips: the buffer then holds that image's messages
/// alone.</remarks>
static class ImageReader
{
    /// <summary>libjpeg's warnings for images that have lost no pixels, and the remark that rils gives for
    /// each.</summary>
    static readonly (string Warning, string Remark)[] harmless =
    [
        ("extraneous bytes before marker", "its JPEG data has extraneous bytes before a marker"),
        ("Unknown Adobe color transform code", "its JPEG data has an unknown Adobe colour transform"),
        ("unknown JFIF revision number", "its JPEG data has an unknown JFIF revision"),
        ("Invalid SOS parameters for sequential JPEG",
            "its JPEG data has the parameters of a progressive JPEG, but is not progressive"),
        ("bad ICC marker", "its JPEG data has a broken colour profile"),
    ];

    static readonly ReaderWriterLockSlim gate = new();

    /// <summary>Decodes an image.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="pixels">Receives the result.</param>
    /// <param name="decode">Decodes an image into <paramref name="pixels"/>, and returns the part that was decoded;
    /// runs a second time where libvips refuses.</param>
    /// <returns>The part, with a remark on an odd image that has lost no pixels.</returns>
    /// <exception cref="SampleException">The bytes are not an image that can be decoded, or some of its pixels are
    /// lost.</exception>
    public static ImageCrop Read<T>(ReadOnlyMemory<byte> encoded, T pixels, Func<EncodedImage, T, ImageCrop> decode)
        where T : allows ref struct
    {
        gate.EnterReadLock();
        try
        {
            // A warning may be the only sign of lost pixels.
            if (IsJpeg(encoded))
                return Decode(JpegEnd.Removed(encoded.Span) ?? encoded, Enums.FailOn.Warning, pixels, decode);
            return Decode(encoded, Enums.FailOn.Error, pixels, decode);
        }
        catch (VipsException)
        {
            // The exception's message may belong to another thread's image.
        }
        finally
        {
            gate.ExitReadLock();
        }
        return ReadAlone(encoded, pixels, decode);
    }

    /// <summary>Decodes an image as a whole.</summary>
    /// <exception cref="SampleException">The bytes are not an image that can be decoded, or some of its pixels are
    /// lost.</exception>
    public static DecodedImage ReadWhole(ReadOnlyMemory<byte> encoded)
    {
        byte[] rgb = [];
        var shown = Read(encoded, 0, (image, _) =>
        {
            rgb = image.DecodeWhole();
            return new(0, 0, image.Width, image.Height, false, image.Width, image.Height);
        });
        return new(shown.ImageWidth, shown.ImageHeight, rgb) { Remark = shown.Remark };
    }

    static ImageCrop ReadAlone<T>(ReadOnlyMemory<byte> encoded, T pixels, Func<EncodedImage, T, ImageCrop> decode)
        where T : allows ref struct
    {
        gate.EnterWriteLock();
        try
        {
            VipsMessages.Take();
            var part = Decode(encoded, Enums.FailOn.Error, pixels, decode);
            return part with { Remark = IsJpeg(encoded) ? RemarkOf(VipsMessages.Take()) : null };
        }
        catch (VipsException problem)
        {
            var cause = StandIn.Of(encoded.Span) is { } other
                ? $"they are {other}" : string.Join("; ", VipsMessages.Lines(problem.Message));
            throw new SampleException($"the bytes are no image that can be decoded: {cause}", problem);
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    static ImageCrop Decode<T>(
        ReadOnlyMemory<byte> encoded, Enums.FailOn failOn, T pixels, Func<EncodedImage, T, ImageCrop> decode)
        where T : allows ref struct
    {
        using var image = new EncodedImage(encoded, failOn);
        return decode(image, pixels);
    }

    /// <exception cref="SampleException">A warning is a sign of lost pixels.</exception>
    static string? RemarkOf(string messages)
    {
        string? remark = null;
        foreach (var line in VipsMessages.Lines(messages)
            .Where(line => line.StartsWith("VipsJpeg:", StringComparison.Ordinal)))
        {
            remark = harmless.FirstOrDefault(known => line.Contains(known.Warning, StringComparison.Ordinal)).Remark
                ?? throw new SampleException($"the image has lost pixels: {line}");
        }
        return remark;
    }

    static bool IsJpeg(ReadOnlyMemory<byte> encoded) => encoded.Span is [0xFF, 0xD8, ..];
}
