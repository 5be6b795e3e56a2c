using System.Security.Cryptography;
using System.Text;

namespace Rils.Files;

/// <summary>SHA-256 of files and folders, as lowercase hexadecimal digits.</summary>
static class FileHash
{
    /// <summary>The hash of a file's content.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static string Of(string file)
    {
        using var stream = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>The hash of a file's content, or of the names and sizes of all files in a folder and below
    /// it.</summary>
    /// <exception cref="IOException">A file or folder cannot be read.</exception>
    public static string OfFileOrFolder(string path)
    {
        if (!Directory.Exists(path)) return Of(path);
        var lines = new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => $"{Path.GetRelativePath(path, file.FullName)} {file.Length}\n")
            .Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }
}
