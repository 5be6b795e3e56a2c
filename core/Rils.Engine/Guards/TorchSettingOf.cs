namespace Rils.Engine.Guards;

/// <summary>A setting that can be read and set.</summary>
/// <param name="left">The change, as the end of a sentence that begins with who made it.</param>
/// <param name="get">Reads the setting.</param>
/// <param name="set">Sets the setting.</param>
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
