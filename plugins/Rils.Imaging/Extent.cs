namespace Rils.Imaging;

/// <summary>A part of one side of an image, in pixels.</summary>
/// <param name="Start">Where it begins; not always between two pixels.</param>
/// <param name="Length">Of the part.</param>
/// <param name="First">The first pixel that may be read: before the start, where what lies beside the part is to weigh in.</param>
/// <param name="End">One past the last pixel that may be read.</param>
readonly record struct Extent(double Start, double Length, int First, int End)
{
    /// <summary>A part with nothing beside it: it is cropped, then resized.</summary>
    public static Extent Cropped(int start, int length) => new(start, length, start, start + length);

    /// <summary>The middle part of a side that is resized as a whole, then cropped.</summary>
    /// <param name="side">Of the image, in pixels.</param>
    /// <param name="resized">What it becomes.</param>
    /// <param name="size">How much of that stays.</param>
    public static Extent Middle(int side, long resized, int size)
    {
        var scale = (double)side / resized;
        var (start, length) = (Math.Round((resized - size) / 2.0) * scale, size * scale);
        var reach = Taps.Reach(length, size);
        return new(start, length, Math.Max((int)(start - reach), 0), Math.Min((int)Math.Ceiling(start + length + reach), side));
    }

    /// <summary>The least part that has both.</summary>
    public Extent Around(Extent other)
    {
        var (first, end) = (Math.Min(First, other.First), Math.Max(End, other.End));
        return Cropped(first, end - first);
    }

    /// <summary>The same part of an image that was decoded smaller.</summary>
    /// <param name="factor">How many pixels became one.</param>
    /// <param name="side">Of the smaller image: a last part of a pixel may have been dropped.</param>
    public Extent Shrunk(int factor, int side)
    {
        var first = Math.Min(First / factor, side - 1);
        return new(Start / factor, Length / factor, first, Math.Clamp((End + factor - 1) / factor, first + 1, side));
    }
}
