namespace Rils.Contract;

/// <summary>How an image is cut into patches, numbered row by row.</summary>
public readonly record struct PatchGrid(int Rows, int Columns)
{
    /// <summary>Number of patches.</summary>
    public int Count => Rows * Columns;
}
