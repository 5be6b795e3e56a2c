namespace Rils.Imaging;

/// <summary>What is cut out of an image.</summary>
/// <param name="Columns">The part of the image as it is shown, from left to right.</param>
/// <param name="Rows">The part from top to bottom.</param>
/// <param name="IsMirrored">Whether the result's left is the image's right.</param>
readonly record struct Cut(Extent Columns, Extent Rows, bool IsMirrored)
{
    /// <summary>The same of an image that was decoded smaller.</summary>
    public Cut Shrunk(int factor, int width, int height) =>
        factor == 1 ? this : this with { Columns = Columns.Shrunk(factor, width), Rows = Rows.Shrunk(factor, height) };
}
