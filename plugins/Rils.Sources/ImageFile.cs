
namespace Rils.Sources;

/// <summary>Reads image files.</summary>
public static class ImageFile
{
    /// <summary>The most bytes of an image, a gigabyte, as in shards.</summary>
    const long Longest = DataFile.Longest;

    static readonly string[] endings = [".jpg", ".jpeg", ".png", ".webp"];

    /// <summary>Whether a name ends as an image's does, in any case.</summary>
    public static bool IsNamed(string name) =>
        endings.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The absolute path.</param>
    /// <param name="index">The path of the file or folder that names the image, for messages.</param>
    /// <returns>All bytes, and the file's mark.</returns>
    /// <exception cref="SampleException">The file cannot be read; the message completes a sentence about the
    /// sample.</exception>
    public static (byte[] Bytes, FileMark Mark) Read(string path, string index)
    {
        if (RegularFile.Other(path) is { } other) throw new SampleException($"its image {path} is {other}");
        try
        {
            using var file = File.OpenHandle(path);
            var length = RandomAccess.GetLength(file);
            if (length is 0 or > Longest)
                throw new SampleException($"its image {path} has {length} bytes; it must have 1 to {Longest}");
            var bytes = GC.AllocateUninitializedArray<byte>((int)length);
            for (var done = 0; done < bytes.Length;)
            {
                var count = RandomAccess.Read(file, bytes.AsSpan(done), done);
                if (count == 0) throw Changed(path, index);
                done += count;
            }
            return (bytes, FileMark.Of(file));
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SampleException($"its image {path} does not exist: correct its name in {index}", missing);
        }
        // A name with a NUL is an argument that no file system takes.
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SampleException($"its image {path} cannot be read: {problem.Message}", problem);
        }
    }

    /// <summary>Makes the error of a file that is another than when it was indexed.</summary>
    public static SampleException Changed(string path, string index) =>
        new($"its image {path} changed after {index} was indexed. Let nothing write to data in use; start anew to "
            + "index "
            + "it again");
}
