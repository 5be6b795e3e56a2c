namespace Rils.Engine.Guards;

/// <summary>A setting that can be read and set.</summary>
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
