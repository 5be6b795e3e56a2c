using System.Collections;
using System.Linq.Expressions;
using System.Reflection;

namespace Rils.Scheduling;

/// <summary>A system bound to its cells: running it is one call of a compiled delegate.</summary>
sealed class CompiledSystem
{
    readonly Action call;
    readonly Cell[] required, used;
    readonly List<(object Append, IEnumerable Items)> appended = [];
    readonly Store store;
    bool isInspected;

    public CompiledSystem(PlannedSystem planned, Store store)
    {
        (Planned, this.store) = (planned, store);
        required = [.. CellsOf(store, Access.Read, Access.Require, Access.Update)];
        Made = [.. CellsOf(store, Access.Create)];
        Updated = [.. CellsOf(store, Access.Update)];
        OnlyRead = [.. CellsOf(store, IsOnlyRead)];
        used = [.. CellsOf(store, Access.Read, Access.ReadMaybe, Access.Update)];
        call = Compile(store);
    }

    public PlannedSystem Planned { get; }

    public string Name => Planned.Name;

    /// <summary>Whether the system runs once per world.</summary>
    public bool IsShared => Planned.Entity is { Device: "", Arm: null };

    /// <summary>The values that the system makes.</summary>
    public Cell[] Made { get; }

    /// <summary>The values that the system may change.</summary>
    public Cell[] Updated { get; }

    /// <summary>The values of other systems that this system reads, itself or as the State behind a type, and does not
    /// update. Components are not among them, since no system makes components.</summary>
    public Cell[] OnlyRead { get; }

    /// <summary>The lists that the system appends to, each with the items that it appended.</summary>
    public IReadOnlyList<(object Append, IEnumerable Items)> Appended => appended;

    /// <summary>All values that the system reads or updates, components too.</summary>
    public IEnumerable<object> Used => used.Select(cell => cell.Boxed).OfType<object>();

    public void Run(long step)
    {
        if (Planned.IsConditional && !IsDue(step)) return;
        call();
        if (isInspected) return;
        isInspected = true;
        store.Inspect?.Invoke(Planned, step,
            [.. Made.Select(cell => cell.Boxed), .. appended.SelectMany(append => append.Items.Cast<object?>())]);
    }

    /// <summary>Forgets the values that the system made, at the end of their tick.</summary>
    public void Forget()
    {
        foreach (var cell in Made) cell.Clear();
    }

    bool IsDue(long step) => Planned.Definition.Options.Condition?.Invoke(step) != false
        && Array.TrueForAll(required, cell => cell.IsSet);

    IEnumerable<Cell> CellsOf(Store store, params Access[] accesses) =>
        CellsOf(store, (parameter, _) => accesses.Contains(parameter.Access));

    IEnumerable<Cell> CellsOf(Store store, Func<SystemParameter, Place, bool> isOf) =>
        Planned.Parameters.Zip(Planned.Places)
        .Where(pair => isOf(pair.First, pair.Second)).Select(pair => store.Cell(pair.Second));

    bool IsOnlyRead(SystemParameter parameter, Place place) =>
        parameter.Access is Access.Read or Access.ReadMaybe && !place.Entity.Has(place.Type)
        && !Planned.Parameters.Any(other => other.Access == Access.Update && Root(other) == Root(parameter));

    static Type Root(SystemParameter parameter) => parameter.BackingState ?? parameter.Type;

    Action Compile(Store store)
    {
        var arguments = Planned.Parameters.Zip(Planned.Places).Where(pair => pair.First.IsArgument)
            .Select(pair => Argument(store, pair.First, pair.Second));
        var body = Planned.Definition.Body;
        List<Expression> block = [Expression.Invoke(Expression.Constant(body, body.GetType()), arguments)];
        foreach (var cell in Made)
            block.Add(Expression.Assign(Expression.Field(Expression.Constant(cell), nameof(Cell<>.Set)),
                Expression.Constant(true)));
        return Expression.Lambda<Action>(Expression.Block(block)).Compile();
    }

    Expression Argument(Store store, SystemParameter parameter, Place place)
    {
        var type = parameter.Type;
        switch (parameter.Access)
        {
            case Access.Append:
                return Expression.Constant(Invoke(nameof(NewAppend), type, store, place));
            case Access.Collect:
                var collected = Expression.Constant(Invoke(nameof(NewCollected), type, store, place));
                return Expression.Call(collected, nameof(Collected<>.Refresh), null);
            case Access.ReadMaybe:
                return Expression.Call(Expression.Constant(store.Cell(place)), nameof(Cell<>.ToMaybe), null);
            default:
                return Expression.Field(Expression.Constant(store.Cell(place)), nameof(Cell<>.Value));
        }
    }

    object Invoke(string method, Type type, Store store, Place place) => GetType()
        .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance)!
        .MakeGenericMethod(type).Invoke(this, [store, place])!;

    Append<T> NewAppend<T>(Store store, Place place)
    {
        var append =
            new Append<T>(Planned.Entity.Name) { Maker = $"{Planned.Definition.Name} of {Planned.Definition.Origin}" };
        appended.Add((append, append.Items));
        return store.Appends<T>(place)[Name] = append;
    }

    Collected<T> NewCollected<T>(Store store, Place place) => new([.. store.Appends<T>(place).Values]);
}
