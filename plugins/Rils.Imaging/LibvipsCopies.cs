namespace Rils.Imaging;

/// <summary>The copies of libvips beside the plugin's own.</summary>
static class LibvipsCopies
{
    /// <summary>Two threads that share locks seldom wait for each other, and a copy takes about 8 MB.</summary>
    const int ThreadsEach = 2, Most = 8;

    /// <summary>None on two cores. Each is loaded when a thread first needs it; null where the system refuses it.
    /// </summary>
    public static IReadOnlyList<Lazy<LibvipsCopy?>> All { get; } =
        LibvipsCopy.Original is { } original ? [.. Further(Count(Environment.ProcessorCount) - 1, original)] : [];

    /// <summary>How many copies so many decoding threads get, the plugin's own libvips among them.</summary>
    public static int Count(int threads) => Math.Clamp(threads / ThreadsEach, 1, Most);

    static IEnumerable<Lazy<LibvipsCopy?>> Further(int count, string original)
    {
        for (var i = 0; i < count; i++) yield return new(() => LibvipsCopy.Load(original));
    }
}
