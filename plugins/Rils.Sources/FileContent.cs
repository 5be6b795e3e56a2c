using System.Security.Cryptography;

namespace Rils.Sources;

/// <summary>Hashes whole files that are small, so that a copy, or a file that was only touched, stays the same. A
/// source makes a hash of its own for a larger file.</summary>
public static class FileContent
{
    const long Small = 16 << 20, LookedAtAgain = 1L << 30;

    /// <summary>As many bytes tell what lies in place of a file.</summary>
    const int FirstBytes = 512;

    const int Buffer = 1 << 20;

    /// <summary>Tells whether the hash of a file covers all its bytes: up to 16 MiB.</summary>
    /// <param name="file">The file.</param>
    public static bool IsWhole(FileState file) => file.Size <= Small;

    /// <summary>Hashes all bytes of a file.</summary>
    /// <param name="path">The path.</param>
    /// <returns>A SHA-256 hash in hexadecimal.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Hash(string path)
    {
        // SHA256 asks for 4 KiB at a time; from a larger buffer the system is called more seldom.
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    /// <summary>Recognizes a pointer or a web page that lies in place of a file.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Words for the thing; null where it is none of these, or cannot be read.</returns>
    public static string? StandIn(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var first = new byte[FirstBytes];
            return Contract.StandIn.Of(first.AsSpan(0, file.ReadAtLeast(first, FirstBytes, throwOnEndOfStream: false)));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Finds small files whose bytes have changed, since a file with the size and time of another may have
    /// other content. Where the small files have more than a gigabyte together, none is looked at.</summary>
    /// <param name="kept">The files, each with its <see cref="Hash"/>; larger ones are passed over.</param>
    /// <returns>The paths of the changed files.</returns>
    public static IReadOnlySet<string> Changed(IReadOnlyList<IndexedPart> kept)
    {
        IndexedPart[] small = [.. kept.Where(file => file.IsWhole)];
        return small.Sum(file => file.State.Size) > LookedAtAgain ? new HashSet<string>()
            : small.AsParallel().Where(file => !IsStill(file.State, file.Content)).Select(file => file.State.Path)
                .ToHashSet(StringComparer.Ordinal);
    }

    static bool IsStill(FileState state, string content)
    {
        try
        {
            return Hash(state.Path) == content;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            // The scan that follows reports the problem.
            return false;
        }
    }
}
