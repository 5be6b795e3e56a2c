using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Rils.Contract;

/// <summary>Tells a regular file from a folder, a pipe, a socket or a device. Ask before you open a file that an
/// experiment names: the opening of a pipe waits for a writer, and a device such as <c>/dev/zero</c> never
/// ends.</summary>
public static partial class RegularFile
{
    const int Current = -100, EntrySize = 256, ModeAt = 28;
    const uint TypeOnly = 1;

    /// <summary>Throws where a path is not that of a regular file.</summary>
    /// <param name="path">A path; links are followed. A path at which nothing exists passes, since the opening of it
    /// fails.</param>
    /// <exception cref="IOException">A folder, a pipe, a socket or a device is at the path; the message names the path
    /// and the thing.</exception>
    public static void Require(string path)
    {
        if (Other(path) is { } other) throw new IOException($"{path} is {other}: name a regular file");
    }

    /// <summary>Tells which thing other than a regular file is at a path.</summary>
    /// <param name="path">A path; links are followed.</param>
    /// <returns><c>a folder</c>, <c>a pipe</c>, <c>a socket</c> or <c>a device</c>; null for a regular file, and where
    /// nothing exists. On systems other than Linux only a folder is recognized.</returns>
    public static string? Other(string path)
    {
        if (Directory.Exists(path)) return "a folder";
        if (!OperatingSystem.IsLinux()) return null; // elsewhere, folders are all that .NET tells apart
        Span<byte> entry = stackalloc byte[EntrySize];
        if (Stat(Current, path, flags: 0, TypeOnly, entry) != 0) return null;
        return (BinaryPrimitives.ReadUInt16LittleEndian(entry[ModeAt..]) & 0xF000) switch
        {
            0x1000 => "a pipe",
            0xC000 => "a socket",
            0x2000 or 0x6000 => "a device",
            _ => null,
        };
    }

    /// <summary>Linux's <c>statx</c>. The layout of its answer is the same on every processor: 256 bytes, two of which
    /// hold the mode.</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Stat(int folder, string path, int flags, uint wanted, Span<byte> entry);
}
