namespace Rils.Ecs;

/// <summary>The place of one value.</summary>
abstract class Slot
{
    public abstract bool IsSet { get; }

    public abstract object? Boxed { get; set; }

    public abstract void Clear();

    public abstract void CopyFrom(Slot other);

    public static Slot Of(Type type) => (Slot)Activator.CreateInstance(typeof(Slot<>).MakeGenericType(type))!;
}

/// <summary>The place of one value of a type; the compiled systems read and write its field.</summary>
sealed class Slot<T> : Slot
{
    public T? Value;
    public bool Set;

    public override bool IsSet => Set;

    public override object? Boxed
    {
        get => Value;
        set => (Value, Set) = ((T?)value, true);
    }

    public override void Clear() => (Value, Set) = (default, false);

    public override void CopyFrom(Slot other) => (Value, Set) = (((Slot<T>)other).Value, other.IsSet);

    public Maybe<T> ToMaybe() => Set ? new(Value!) : default;
}
