using System.Diagnostics.CodeAnalysis;

namespace Rils.Scheduling;

/// <summary>A read of a value that may be absent: the system runs either way, after the value's creator where there is
/// one.</summary>
/// <typeparam name="T">The type that may be absent.</typeparam>
public readonly struct Maybe<T>
{
    readonly T? value;

    /// <summary>Wraps a present value; <c>default</c> stands for an absent one.</summary>
    /// <param name="value">The value.</param>
    public Maybe(T value) => (this.value, IsPresent) = (value, true);

    /// <summary>Whether this tick has a value.</summary>
    public bool IsPresent { get; }

    /// <summary>Gives the value where there is one.</summary>
    /// <param name="value">The value; the type's default where there is none.</param>
    /// <returns>Whether this tick has a value.</returns>
    public bool TryGet([MaybeNullWhen(false)] out T value)
    {
        value = this.value;
        return IsPresent;
    }
}
