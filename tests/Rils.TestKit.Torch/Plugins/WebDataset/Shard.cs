using System.Formats.Tar;
using System.Text;

namespace Rils.Tests.Plugins.WebDataset;

/// <summary>Writes shards.</summary>
static class Shard
{
    public static void Write(string path, TarEntryFormat format,
        params IEnumerable<(string Name, byte[] Content)> files)
    {
        using var stream = File.Create(path);
        using (var writer = new TarWriter(stream, format, leaveOpen: true))
            foreach (var (name, content) in files)
                writer.WriteEntry(Entry(format, name, content));
        // TarWriter writes no end mark for an archive without entries, and tar does.
        if (stream.Length == 0) stream.Write(new byte[1024]);
    }

    public static void Write(string path, params IEnumerable<(string Name, string Content)> files) =>
        Write(path, TarEntryFormat.Ustar, files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Content))));

    static TarEntry Entry(TarEntryFormat format, string name, byte[] content)
    {
        TarEntry entry = format switch
        {
            TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
            TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
            _ => new PaxTarEntry(TarEntryType.RegularFile, name),
        };
        entry.DataStream = new MemoryStream(content);
        return entry;
    }
}
