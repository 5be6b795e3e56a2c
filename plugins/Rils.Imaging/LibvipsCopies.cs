namespace Rils.Imaging;

/// <summary>The copies of libvips that are loaded beside the plugin's own.</summary>
static class LibvipsCopies
{
    /// <summary>Decoding threads per copy, and the most copies. Two threads that share locks seldom wait for each
    /// other; a copy takes about 8 MB.</summary>
    const int ThreadsEach = 2, Most = 8;

    /// <summary>The further copies; none on a machine with two cores. Each is loaded when a thread first needs it, and
    /// null where the system refuses to load it.</summary>
    public static IReadOnlyList<Lazy<LibvipsCopy?>> All { get; } =
        LibvipsCopy.Original is { } original ? [.. Further(Count(Environment.ProcessorCount) - 1, original)] : [];

    /// <summary>The number of copies for a number of decoding threads, including the plugin's own libvips.</summary>
    public static int Count(int threads) => Math.Clamp(threads / ThreadsEach, 1, Most);

    static IEnumerable<Lazy<LibvipsCopy?>> Further(int count, string original)
    {
        for (var i = 0; i < count; i++) yield return new(() => LibvipsCopy.Load(original));
    }
}
