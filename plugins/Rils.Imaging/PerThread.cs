namespace Rils.Imaging;

/// <summary>An object that exists once for each copy of libvips; a thread always gets the object of the same
/// copy.</summary>
/// <typeparam name="T">An interface of the contract: the copies share no other types.</typeparam>
sealed class PerThread<T> where T : class
{
    readonly Lazy<T>[] all;

    /// <summary>Makes the object in each copy when a thread first needs it.</summary>
    /// <param name="original">The object that uses the plugin's own libvips; it also serves the threads whose copy
    /// could not be loaded.</param>
    /// <param name="options">The options that <paramref name="original"/> was made with.</param>
    /// <param name="size">Side of the result, in pixels.</param>
    /// <param name="copies">The copies beside the plugin's own libvips.</param>
    public PerThread(T original, object options, int size, IReadOnlyList<Lazy<LibvipsCopy?>> copies)
    {
        all = [new(() => original), .. copies.Select(copy => new Lazy<T>(() => Made(copy.Value)))];

        T Made(LibvipsCopy? copy) => (T?)copy?.Make(original.GetType(), options, size) ?? original;
    }

    /// <summary>The object for the current thread.</summary>
    public T Mine => all[ThreadNumber.Mine % all.Length].Value;
}
