using Rils.Sources;

namespace Rils.ImageFiles;

/// <summary>All that an index knows of a sample whose components are not read from another file.</summary>
/// <param name="File">The path of the image, from the folder of the images.</param>
/// <param name="Captions">The captions.</param>
/// <param name="Objects">The objects in the image, with the places of their classes in the list of the part; null where
/// the data tells none.</param>
sealed record SampleEntry(string File, SampleCaptions Captions, IReadOnlyList<LabelledBox>? Objects = null)
{
    /// <summary>Stands in place of the number of objects where there are none and a fault follows.</summary>
    const int None = -1;

    /// <summary>Writes the entry as bytes.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(File);
        writer.Write7BitEncodedInt(Captions.Texts.Count);
        foreach (var caption in Captions.Texts) writer.Write(caption);
        if (Objects is not null || Captions.Fault is not null) writer.Write7BitEncodedInt(Objects?.Count ?? None);
        foreach (var (left, top, width, height, label) in Objects ?? [])
        {
            writer.Write(left);
            writer.Write(top);
            writer.Write(width);
            writer.Write(height);
            writer.Write7BitEncodedInt(label);
        }
        if (Captions.Fault is not null) writer.Write(Captions.Fault);
        return stream.ToArray();
    }

    /// <summary>Reads an entry from the heap of an index.</summary>
    public static SampleEntry Read(IndexedPart part, Slice place)
    {
        var bytes = new byte[place.Length];
        part.ReadHeap(place.Offset, bytes);
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var (file, captions) = (reader.ReadString(), new string[reader.Read7BitEncodedInt()]);
        for (var i = 0; i < captions.Length; i++) captions[i] = reader.ReadString();
        var objects = reader.BaseStream.Position == bytes.Length ? null : ReadObjects(reader);
        return new(file, new(captions, reader.BaseStream.Position == bytes.Length ? null : reader.ReadString()),
            objects);
    }

    static LabelledBox[]? ReadObjects(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        if (count == None) return null;
        var objects = new LabelledBox[count];
        for (var i = 0; i < objects.Length; i++)
            objects[i] = new(reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(),
                reader.Read7BitEncodedInt());
        return objects;
    }
}
