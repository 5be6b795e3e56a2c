namespace Rils.WebDataset;

/// <summary>A tar file that is read from its start to its end.</summary>
sealed class WholeTar(string path) : ITarBytes, IDisposable
{
    const int Buffer = 1 << 16;

    readonly FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, Buffer);

    /// <inheritdoc/>
    public void Read(long at, Span<byte> into)
    {
        file.Position = at;
        file.ReadExactly(into);
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}
