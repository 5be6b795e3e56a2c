using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Rils.Contract;

namespace Rils.Engine.Native;

/// <summary>Finds the owner of a file, which .NET does not give.</summary>
static partial class FileOwner
{
    const int UserAt = 20; // offset of stx_uid
    const uint User = 8; // STATX_UID

    /// <summary>Whether this process's user owns a file or folder; true on systems other than Linux.</summary>
    /// <exception cref="IOException">The system does not give the owner.</exception>
    public static bool IsThisUser(string path)
    {
        if (!OperatingSystem.IsLinux()) return true;
        Span<byte> told = stackalloc byte[RegularFile.EntrySize];
        if (RegularFile.Stat(RegularFile.Current, path, flags: 0, User, told) != 0)
            throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        return BinaryPrimitives.ReadUInt32LittleEndian(told[UserAt..]) == EffectiveUser();
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
