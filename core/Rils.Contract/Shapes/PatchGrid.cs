namespace Rils.Contract;

/// <summary>The patches that an image is cut into, numbered from 0, row by row.</summary>
/// <param name="Rows">Number of rows of patches.</param>
/// <param name="Columns">Number of patches in a row.</param>
public readonly record struct PatchGrid(int Rows, int Columns)
{
    /// <summary>Number of patches.</summary>
    public int Count => Rows * Columns;
}
