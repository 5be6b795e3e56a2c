using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Rils.Contract;
using Rils.Files;

namespace Rils.Engine.Plugins;

/// <summary>Hashes all files of a folder into one number, the same for equal copies wherever they lie.</summary>
static class PluginHash
{
    /// <returns>SHA-256 over name, length and content of every file, in the order of the names; lowercase
    /// hexadecimal.</returns>
    public static string Of(string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var names = FolderTree.Files(folder)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal);
        foreach (var name in names) Append(hash, name, Path.Combine(folder, name));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void Append(IncrementalHash hash, string name, string path)
    {
        RegularFile.Require(path);
        using var file = File.OpenRead(path);
        var text = Encoding.UTF8.GetBytes(name);
        // The lengths come first, so that two different folders never give the same bytes.
        Span<byte> lengths = stackalloc byte[12];
        BinaryPrimitives.WriteInt32LittleEndian(lengths, text.Length);
        BinaryPrimitives.WriteInt64LittleEndian(lengths[4..], file.Length);
        hash.AppendData(lengths);
        hash.AppendData(text);
        var buffer = new byte[1 << 16];
        for (int read; (read = file.Read(buffer)) > 0;) hash.AppendData(buffer, 0, read);
    }
}
