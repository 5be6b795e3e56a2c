namespace Rils.Engine.Guards;

/// <summary>Something of libtorch's that all systems of a thread, or of the process, have in common.</summary>
abstract class TorchSetting
{
    /// <summary>Remembers it as it is.</summary>
    public abstract void Remember();

    /// <summary>Brings it back to what was remembered.</summary>
    /// <returns>What was done to it, for a sentence that begins with who did that; null where it is as it was.</returns>
    public abstract string? PutBack();
}

/// <summary>One that can be read and set.</summary>
/// <param name="left">What was done to it.</param>
/// <param name="get">Reads it.</param>
/// <param name="set">Sets it.</param>
sealed class TorchSetting<T>(string left, Func<T> get, Action<T> set) : TorchSetting
{
    T remembered = get();

    public override void Remember() => remembered = get();

    public override string? PutBack()
    {
        if (EqualityComparer<T>.Default.Equals(get(), remembered)) return null;
        set(remembered);
        return left;
    }
}
