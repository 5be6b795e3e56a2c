namespace Rils.Imaging;

/// <summary>A part of one side of an image, in pixels.</summary>
/// <param name="Start">The part's beginning, which may lie within a pixel.</param>
/// <param name="Length">The part's length.</param>
/// <param name="First">The first pixel that may be read. Pixels before <paramref name="Start"/> have a weight in the
/// result where the part is not cropped first.</param>
/// <param name="End">One past the last pixel that may be read.</param>
readonly record struct Extent(double Start, double Length, int First, int End)
{
    /// <summary>A part that is cropped before it is resized, so that no pixel beside it has a weight.</summary>
    public static Extent Cropped(int start, int length) => new(start, length, start, start + length);

    /// <summary>The middle of a side that is resized as a whole before it is cropped.</summary>
    /// <param name="side">Length of the image's side, in pixels.</param>
    /// <param name="resized">Length of the resized side.</param>
    /// <param name="size">Length of the crop from the resized side.</param>
    /// <param name="interpolation">The filter, which reads pixels beside the part.</param>
    public static Extent Middle(int side, long resized, int size, Interpolation interpolation)
    {
        var scale = (double)side / resized;
        var (start, length) = (Math.Round((resized - size) / 2.0) * scale, size * scale);
        var reach = Taps.Reach(length, size, interpolation);
        var (first, end) = ((int)(start - reach), (int)Math.Ceiling(start + length + reach));
        return new(start, length, Math.Max(first, 0), Math.Min(end, side));
    }

    /// <summary>The smallest part that contains both.</summary>
    public Extent Around(Extent other)
    {
        var (first, end) = (Math.Min(First, other.First), Math.Max(End, other.End));
        return Cropped(first, end - first);
    }

    /// <summary>The same part of an image that was decoded at 1/<paramref name="factor"/> of its size.</summary>
    /// <param name="factor">How many pixels of a side became one.</param>
    /// <param name="side">Length of the smaller image's side; the decoder may have dropped the last fraction of a
    /// pixel.</param>
    public Extent Shrunk(int factor, int side)
    {
        var first = Math.Min(First / factor, side - 1);
        return new(Start / factor, Length / factor, first, Math.Clamp((End + factor - 1) / factor, first + 1, side));
    }
}
