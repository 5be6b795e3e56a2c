namespace Rils.Scheduling;

/// <summary>The place of one value.</summary>
abstract class Cell
{
    public abstract bool IsSet { get; }

    /// <summary>The value, or null for none.</summary>
    public abstract object? Boxed { get; set; }

    public abstract void Clear();

    public static Cell Of(Type type) => (Cell)Activator.CreateInstance(typeof(Cell<>).MakeGenericType(type))!;
}

/// <summary>The place of one value of a type; the compiled systems read and write its field.</summary>
sealed class Cell<T> : Cell
{
    public T? Value;
    public bool Set;

    public override bool IsSet => Set;

    public override object? Boxed
    {
        get => Set ? Value : null;
        set => (Value, Set) = value is null ? (default, false) : ((T)value, true);
    }

    public override void Clear() => (Value, Set) = (default, false);

    public Maybe<T> ToMaybe() => Set ? new(Value!) : default;
}
