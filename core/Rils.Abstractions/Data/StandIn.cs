namespace Rils.Abstractions;

/// <summary>What often lies where a file should be.</summary>
public static class StandIn
{
    /// <summary>What the bytes are instead, with the way to get the file itself; null where they are neither a Git LFS pointer nor an HTML page.</summary>
    /// <param name="bytes">The file, or its first bytes.</param>
    public static string? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("version https://git-lfs.github.com/spec/"u8)) return "a Git LFS pointer: fetch the file itself by `git lfs pull`";
        var start = bytes.TrimStart(" \t\r\n"u8);
        return Begins(start, "<!doctype html"u8) || Begins(start, "<html"u8) ? "an HTML page, as a server sends in place of a file: download it again" : null;
    }

    static bool Begins(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> with) =>
        bytes.Length >= with.Length && System.Text.Ascii.EqualsIgnoreCase(bytes[..with.Length], with);
}
