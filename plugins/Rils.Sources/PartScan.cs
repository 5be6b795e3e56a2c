namespace Rils.Sources;

/// <summary>The samples that a source found in a file.</summary>
/// <param name="State">The file's state when it was read.</param>
/// <param name="Content">A hash that identifies the samples (<see cref="FileContent"/>).</param>
/// <param name="Records">The records of all samples, one behind the other, each of the index's record size.</param>
public sealed record PartScan(FileState State, string Content, ReadOnlyMemory<byte> Records)
{
    /// <summary>The number of samples that have an image.</summary>
    public int Usable { get; init; }

    /// <summary>Bytes to which records point; empty where a record holds all.</summary>
    public ReadOnlyMemory<byte> Heap { get; init; }

    /// <summary>The things that the source does not understand, one entry for each kind.</summary>
    public IReadOnlyList<Oddity> Oddities { get; init; } = [];
}
