using System.Diagnostics.CodeAnalysis;

namespace Rils.Scheduling;

/// <summary>A read of what may be absent: the system runs either way, after the creator where there is one.</summary>
/// <typeparam name="T">The type that may be absent.</typeparam>
public readonly struct Maybe<T>
{
    readonly T? value;

    /// <summary>A present value.</summary>
    public Maybe(T value) => (this.value, IsPresent) = (value, true);

    /// <summary>Whether this tick has a value.</summary>
    public bool IsPresent { get; }

    /// <summary>Whether this tick has a value, and the value.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = this.value;
        return IsPresent;
    }
}
