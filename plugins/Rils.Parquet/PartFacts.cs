using System.Text.Json;
using Rils.Sources;

namespace Rils.Parquet;

/// <summary>The facts of a file beside its rows, as JSON in the heap of the index.</summary>
/// <param name="Starts">The number of the first row of each row group.</param>
/// <param name="Classes">The names of the classes; null where classes are numbers without names.</param>
/// <param name="AreNumbers">Whether the file has numbers, whose names are in the order of the list.</param>
sealed record PartFacts(IReadOnlyList<int> Starts, IReadOnlyList<string>? Classes, bool AreNumbers)
{
    /// <summary>Reads the facts of a part.</summary>
    public static PartFacts Read(IndexedPart part)
    {
        var bytes = new byte[part.HeapLength];
        part.ReadHeap(0, bytes);
        return JsonSerializer.Deserialize<PartFacts>(bytes)!;
    }

    /// <summary>Writes the facts as the heap of a scan.</summary>
    public void WriteTo(PartScan scan) => scan.AddHeap(JsonSerializer.SerializeToUtf8Bytes(this));
}
