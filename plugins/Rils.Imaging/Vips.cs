using System.Runtime.InteropServices;
using NetVips;

namespace Rils.Imaging;

/// <summary>Sets libvips up for many small images: libvips works in the caller's thread, keeps no results, and prints
/// nothing.</summary>
static class Vips
{
    // Held in a field because native code calls the delegate as long as the process lives.
    static readonly Log.LogDelegate silence = static (_, _, _) => { };

    static Vips()
    {
        // The engine runs images in parallel; one thread per image adds up in one order.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        Cache.MaxMem = 0;
        NetVips.NetVips.BlockUntrusted = true;
        // Exceptions carry every message that matters.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, silence);
    }

    /// <summary>Reads an image's header. libvips decodes pixels when they are asked for.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="access">Sequential where rows will be asked for from top to bottom.</param>
    /// <param name="failOn">From which problem on libvips refuses the image.</param>
    /// <param name="shrink">1, 2, 4 or 8: libvips decodes a JPEG at 1/<paramref name="shrink"/> of its size.</param>
    public static Image Open(ReadOnlyMemory<byte> encoded, Enums.Access access, Enums.FailOn failOn, int shrink = 1) =>
        Image.NewFromBuffer(
        Bytes(encoded), access: access, failOn: failOn,
            kwargs: shrink > 1 ? new VOption { { "shrink", shrink } } : null);

    static byte[] Bytes(ReadOnlyMemory<byte> encoded) =>
        MemoryMarshal.TryGetArray(encoded, out var segment)
        && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array : encoded.ToArray();
}
