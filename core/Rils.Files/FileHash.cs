using System.Security.Cryptography;
using System.Text;

namespace Rils.Files;

/// <summary>SHA-256 of what lies on the disk, as lowercase hexadecimal digits.</summary>
static class FileHash
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Of(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>A file's; of a folder that of the names and sizes of all files in it.</summary>
    /// <exception cref="IOException">Something cannot be read.</exception>
    public static string OfFileOrFolder(string path)
    {
        if (!Directory.Exists(path)) return Of(path);
        var lines = new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => $"{Path.GetRelativePath(path, file.FullName)} {file.Length}\n")
            .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
