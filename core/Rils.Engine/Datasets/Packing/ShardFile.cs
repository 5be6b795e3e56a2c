using System.Formats.Tar;
using Rils.Files;

namespace Rils.Engine.Datasets.Packing;

/// <summary>A shard that is being written, under a name of its own until it is whole. All times, owners and modes are
/// fixed, so that equal samples give equal bytes.</summary>
sealed class ShardFile : IDisposable
{
    /// <summary>The size of a tar's blocks, of a member's header, and of each of the two blocks at its end.</summary>
    const int Block = 512;

    const UnixFileMode Mode =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    readonly string path;
    readonly FileStream file;
    readonly TarWriter writer;
    int samples, captioned, labelled, next;

    public ShardFile(string path)
    {
        this.path = path;
        file = new FileStream($"{path}.part", FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        writer = new(file, TarEntryFormat.Ustar, leaveOpen: true);
    }

    /// <summary>Whether a further sample makes the shard larger than some size.</summary>
    public bool IsFullFor(PackedSample sample, long size) =>
        file.Position + sample.Files.Sum(part => Block + (part.Content.Length + Block - 1L) / Block * Block)
            + 2 * Block > size;

    /// <summary>Appends a sample, which is named by its number.</summary>
    public void Add(int index, PackedSample sample)
    {
        foreach (var (extension, content) in sample.Files)
            FileLimit.Watch(path, () => writer.WriteEntry(
                new UstarTarEntry(TarEntryType.RegularFile, $"{index:D9}.{extension}")
                {
                    DataStream = new MemoryStream(content.ToArray(), writable: false),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    Mode = Mode,
                }));
        samples++;
        if (sample.HasCaption) captioned++;
        if (sample.HasClass) labelled++;
        next = index + 1;
    }

    /// <summary>Brings the whole shard to the disk, then gives it its name.</summary>
    public PackedShard Finish()
    {
        long size = 0;
        FileLimit.Watch(path, () =>
        {
            writer.Dispose();
            file.Flush();
            size = file.Length;
            Disk.Flush(file.SafeFileHandle, path);
            Disk.Close(file.SafeFileHandle, path);
        });
        file.Dispose();
        File.Move($"{path}.part", path, overwrite: true);
        Disk.FlushFolder(Path.GetDirectoryName(path)!);
        return new(Path.GetFileName(path), samples, captioned, labelled, size, next);
    }

    /// <summary>Closes the file. A shard that was not finished stays in part, and is written anew.</summary>
    public void Dispose()
    {
        try
        {
            file.Dispose();
        }
        // The buffer's rest meets the same full disk, or limit of a file's size, that the error of the write names.
        catch (Exception unwritten) when (unwritten is IOException or ArgumentOutOfRangeException)
        {
        }
    }
}
