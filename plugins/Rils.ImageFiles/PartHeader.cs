using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>The first bytes of a part's heap: the classes of its samples, and further files on which it
/// depends.</summary>
/// <param name="Classes">The names of the classes, each once; null where classes are numbers.</param>
/// <param name="Watched">Folders and files whose change means that the part must be indexed again.</param>
sealed record PartHeader(IReadOnlyList<string>? Classes, IReadOnlyList<FileState> Watched)
{
    /// <summary>Writes the header; nothing may be in the heap yet.</summary>
    public void WriteTo(PartScan scan)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(0);
        writer.Write(Classes is not null);
        writer.Write(Classes?.Count ?? 0);
        foreach (var name in Classes ?? []) writer.Write(name);
        writer.Write(Watched.Count);
        foreach (var (path, size, modified) in Watched)
        {
            writer.Write(path);
            writer.Write(size);
            writer.Write(modified);
        }
        stream.Position = 0;
        writer.Write((int)stream.Length);
        scan.AddHeap(stream.ToArray());
    }

    /// <summary>Reads the header of a part.</summary>
    public static PartHeader Read(IndexedPart part)
    {
        var length = new byte[sizeof(int)];
        part.ReadHeap(0, length);
        var bytes = new byte[BitConverter.ToInt32(length)];
        part.ReadHeap(0, bytes);
        using var reader = new BinaryReader(new MemoryStream(bytes, sizeof(int), bytes.Length - sizeof(int)));
        var (areNamed, classes) = (reader.ReadBoolean(), new string[reader.ReadInt32()]);
        for (var i = 0; i < classes.Length; i++) classes[i] = reader.ReadString();
        var watched = new FileState[reader.ReadInt32()];
        for (var i = 0; i < watched.Length; i++)
            watched[i] = new(reader.ReadString(), reader.ReadInt64(), reader.ReadInt64());
        return new(areNamed ? classes : null, watched);
    }
}
