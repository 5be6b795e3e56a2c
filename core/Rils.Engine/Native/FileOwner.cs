using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Rils.Engine.Native;

/// <summary>Whose a file is, which .NET does not tell.</summary>
static unsafe partial class FileOwner
{
    // struct statx has one layout on all of Linux's machines.
    const int Here = -100, Size = 256, UserAt = 20; // AT_FDCWD, bytes, offset of stx_uid
    const uint User = 8; // STATX_UID

    /// <summary>Whether a file or folder is this process's user's; where the system is not Linux, it is taken for
    /// that.</summary>
    /// <exception cref="IOException">The system does not tell.</exception>
    public static bool IsThisUser(string path)
    {
        if (!OperatingSystem.IsLinux()) return true;
        Span<byte> told = stackalloc byte[Size];
        fixed (byte* target = told)
            if (Status(Here, path, 0, User, target) != 0)
                throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
        return BinaryPrimitives.ReadUInt32LittleEndian(told[UserAt..]) == EffectiveUser();
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Status(int folder, string path, int flags, uint mask, byte* target);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();
}
