using System.Runtime.InteropServices;

namespace Rils.Imaging;

/// <summary>libvips's buffer of messages, which all threads of this copy of libvips share.</summary>
static partial class VipsMessages
{
    /// <summary>Takes the messages out of the buffer.</summary>
    public static string Take()
    {
        var messages = Marshal.PtrToStringUTF8(vips_error_buffer()) ?? "";
        vips_error_clear();
        return messages;
    }

    /// <summary>The lines of the messages, each distinct one once.</summary>
    public static IEnumerable<string> Lines(string messages) =>
        messages.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Distinct(StringComparer.Ordinal);

    [LibraryImport("libvips.so.42")]
    private static partial nint vips_error_buffer();

    [LibraryImport("libvips.so.42")]
    private static partial void vips_error_clear();
}
