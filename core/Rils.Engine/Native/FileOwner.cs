using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Rils.Contract;

namespace Rils.Engine.Native;

/// <summary>Whose a file is, which .NET does not tell.</summary>
static partial class FileOwner
{
    const int UserAt = 20; // offset of stx_uid
    const uint User = 8; // STATX_UID

    /// <summary>Whether a file or folder is this process's user's; where the system is not Linux, it is taken for
    /// that.</summary>
    /// <exception cref="IOException">The system does not tell.</exception>
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
