namespace Rils.Engine.Datasets;

/// <summary>Tells the format of an image file by its first bytes, whatever its name says.</summary>
static class ImageFormat
{
    /// <summary>The formats that a WebDataset shard can hold, by the extensions of their members.</summary>
    public static IReadOnlyList<string> OfShards { get; } = ["jpg", "png", "webp"];

    /// <summary>The format as the usual extension of its files; null for other bytes.</summary>
    public static string? Of(ReadOnlySpan<byte> image) => image switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "jpg",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "png",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] =>
            "webp",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "gif",
        [(byte)'I', (byte)'I', 0x2A, 0, ..] or [(byte)'M', (byte)'M', 0, 0x2A, ..] => "tiff",
        _ => null,
    };
}
