namespace Rils.Contract;

/// <summary>Recognizes pointers and web pages that were saved in place of a file.</summary>
public static class StandIn
{
    /// <summary>Recognizes a pointer of Git LFS or git-annex, and an HTML page.</summary>
    /// <param name="bytes">The file, or its first bytes.</param>
    /// <returns>Words for the thing, with the way to get the file itself; null where the bytes are none of
    /// these.</returns>
    public static string? Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("version https://git-lfs.github.com/spec/"u8))
            return "a Git LFS pointer: fetch the file itself by `git lfs pull`";
        if (bytes.StartsWith("/annex/objects/"u8))
            return "a git-annex pointer: fetch the file itself by `git annex get`";
        var start = bytes.TrimStart(" \t\r\n"u8);
        return Begins(start, "<!doctype html"u8) || Begins(start, "<html"u8)
            ? "an HTML page, as a server sends in place of a file: download it again, with a login where one is needed"
            : null;
    }

    static bool Begins(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> with) =>
        bytes.Length >= with.Length && System.Text.Ascii.EqualsIgnoreCase(bytes[..with.Length], with);
}
