using System.Runtime.InteropServices;
using NetVips;

namespace Rils.Imaging;

/// <summary>libvips, set up for many small images: it works in the caller's thread, keeps nothing, and prints nothing.</summary>
static class Vips
{
    // Native code calls it as long as the process lives.
    static readonly Log.LogDelegate silence = static (_, _, _) => { };

    static Vips()
    {
        // Parallelism is the engine's; and one thread per image adds up in one order.
        NetVips.NetVips.Concurrency = 1;
        Cache.Max = 0;
        Cache.MaxMem = 0;
        NetVips.NetVips.BlockUntrusted = true;
        // What matters comes as an exception too.
        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, silence);
    }

    /// <summary>Reads an image's header; pixels are decoded when they are asked for.</summary>
    /// <param name="encoded">The bytes of an image file.</param>
    /// <param name="access">Sequential where rows will be asked for from top to bottom.</param>
    /// <param name="failOn">What is no image any more.</param>
    /// <param name="shrink">1, 2, 4 or 8: a JPEG is decoded at that fraction of its size.</param>
    public static Image Open(ReadOnlyMemory<byte> encoded, Enums.Access access, Enums.FailOn failOn, int shrink = 1) =>
        Image.NewFromBuffer(
        Bytes(encoded), access: access, failOn: failOn,
            kwargs: shrink > 1 ? new VOption { { "shrink", shrink } } : null);

    static byte[] Bytes(ReadOnlyMemory<byte> encoded) =>
        MemoryMarshal.TryGetArray(encoded, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array : encoded.ToArray();
}
