namespace Rils.Imaging;

/// <summary>An object that each copy of libvips has once; a thread always gets the one of the same copy.</summary>
/// <typeparam name="T">An interface of the contract: the copies share no other types.</typeparam>
sealed class PerThread<T> where T : class
{
    readonly Lazy<T>[] all;

    /// <summary>Has one made in each copy, when a thread first needs it.</summary>
    /// <param name="original">The one over the plugin's own libvips, which also serves the threads of a copy that could
    /// not be loaded.</param>
    /// <param name="options">What it was made with.</param>
    /// <param name="size">Side of the result, in pixels.</param>
    /// <param name="copies">The copies beside the plugin's own libvips.</param>
    public PerThread(T original, object options, int size, IReadOnlyList<Lazy<LibvipsCopy?>> copies)
    {
        all = [new(() => original), .. copies.Select(copy => new Lazy<T>(() => Made(copy.Value)))];

        T Made(LibvipsCopy? copy) => (T?)copy?.Make(original.GetType(), options, size) ?? original;
    }

    /// <summary>The one of this thread.</summary>
    public T Mine => all[ThreadNumber.Mine % all.Length].Value;
}
