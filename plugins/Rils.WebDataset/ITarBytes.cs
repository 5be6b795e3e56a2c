namespace Rils.WebDataset;

/// <summary>The bytes of a tar file, by their offsets in the file.</summary>
interface ITarBytes
{
    /// <summary>Reads bytes.</summary>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    void Read(long at, Span<byte> into);
}
