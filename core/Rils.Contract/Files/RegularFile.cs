using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Rils.Contract;

/// <summary>Tells files from what only has a path like one. Code that opens a file which an experiment names asks here
/// first: opening a pipe waits for a writer, and a device such as <c>/dev/zero</c> never ends.</summary>
public static partial class RegularFile
{
    internal const int Current = -100, EntrySize = 256;
    const int ModeAt = 28;
    const uint TypeOnly = 1;

    /// <summary>Refuses what is no file.</summary>
    /// <param name="path">A path; links are followed. One at which nothing is passes: opening it says so.</param>
    /// <exception cref="IOException">A folder, a pipe, a socket or a device is there; the message names the path and
    /// what it is.</exception>
    public static void Require(string path)
    {
        if (Other(path) is { } other) throw new IOException($"{path} is {other}: name a regular file");
    }

    /// <summary>Tells the thing that is at a path in place of a file: <c>a folder</c>, <c>a pipe</c>, <c>a socket</c>,
    /// <c>a device</c>. Null for a file, and where nothing is.</summary>
    /// <param name="path">A path; links are followed.</param>
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

    /// <summary>Its answer lies alike on every processor: 256 bytes, the mode in two of them.</summary>
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Stat(int folder, string path, int flags, uint wanted, Span<byte> entry);
}
