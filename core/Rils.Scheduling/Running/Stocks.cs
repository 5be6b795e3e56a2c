namespace Rils.Scheduling;

/// <summary>Remembers the values that a lane's systems only read, as they were before the systems ran.</summary>
/// <param name="watch">Makes the stocks, which find changes.</param>
/// <param name="given">The values that no system of the lane makes: the frame, and State of the world.</param>
sealed class Stocks(IWatch watch, IReadOnlyList<Cell> given)
{
    readonly IStock outside = watch.NewStock(), shared = watch.NewStock(), own = watch.NewStock(),
        read = watch.NewStock();
    readonly List<object> updated = [];

    public void BeginTick()
    {
        foreach (var stock in (IStock[])[outside, shared, own]) stock.Clear();
        foreach (var cell in given) outside.Put(cell, cell.Boxed);
    }

    /// <summary>Forgets the values of the arm that has run.</summary>
    public void EndArm() => own.Clear();

    public void Before(CompiledSystem system)
    {
        read.Clear();
        foreach (var cell in system.OnlyRead) read.Put(cell, cell.Boxed);
        foreach (var cell in system.Updated) own.Put(cell, null);
    }

    /// <summary>Names a value that the system changed without declaring it; null where there is none.</summary>
    public string? Change(CompiledSystem system)
    {
        updated.Clear();
        foreach (var cell in system.Updated)
            if (cell.Boxed is { } value) updated.Add(value);
        return Lost(updated) ?? shared.Change(updated) ?? own.Change(updated) ?? read.Change(updated);
    }

    /// <summary>Remembers the values that a system has made and updated: from here on other systems only read
    /// them.</summary>
    public void After(CompiledSystem system)
    {
        var stock = system.IsShared ? shared : own;
        foreach (var cell in system.Made) stock.Put(cell, cell.Boxed);
        foreach (var cell in system.Updated) stock.Put(cell, cell.Boxed);
        foreach (var (append, items) in system.Appended) stock.Put(append, items);
    }

    /// <summary>Names a changed value that no system of the lane can make again; null where there is none.</summary>
    public string? Lost() => Lost([]);

    /// <summary>Whether no value has changed that the arms share.</summary>
    public bool IsSharedIntact => Lost() is null && shared.Change([]) is null;

    string? Lost(IReadOnlyList<object> allowed) => outside.Change(allowed);
}
