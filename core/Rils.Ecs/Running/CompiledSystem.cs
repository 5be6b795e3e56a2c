using System.Linq.Expressions;
using System.Reflection;

namespace Rils.Ecs;

/// <summary>A system bound to its slots: running it is one call of a compiled delegate.</summary>
sealed class CompiledSystem
{
    readonly Action call;
    readonly Slot[] required, made;
    readonly List<Func<IEnumerable<object?>>> appended = [];
    readonly Store store;
    bool isInspected;

    public CompiledSystem(PlannedSystem planned, Store store)
    {
        (Planned, this.store) = (planned, store);
        required = [.. SlotsOf(store, Access.Read, Access.Update)];
        made = [.. SlotsOf(store, Access.Create)];
        call = Compile(store);
    }

    public PlannedSystem Planned { get; }

    public string Name => Planned.Name;

    public void Run(long step)
    {
        if (Planned.IsConditional && !IsDue(step)) return;
        call();
        if (isInspected) return;
        isInspected = true;
        store.Inspect?.Invoke(Planned, [.. made.Select(slot => slot.Boxed), .. appended.SelectMany(items => items())]);
    }

    /// <summary>Ends the values that it made, with their tick.</summary>
    public void Forget()
    {
        foreach (var slot in made) slot.Clear();
    }

    bool IsDue(long step) => Planned.Definition.Options.Condition?.Invoke(step) != false && Array.TrueForAll(required, slot => slot.IsSet);

    IEnumerable<Slot> SlotsOf(Store store, params Access[] accesses) => Planned.Parameters.Zip(Planned.Places)
        .Where(pair => accesses.Contains(pair.First.Access)).Select(pair => store.Slot(pair.Second));

    Action Compile(Store store)
    {
        var arguments = Planned.Parameters.Zip(Planned.Places, (parameter, place) => Argument(store, parameter, place));
        var body = Planned.Definition.Body;
        List<Expression> block = [Expression.Invoke(Expression.Constant(body, body.GetType()), arguments)];
        foreach (var slot in made) block.Add(Expression.Assign(Expression.Field(Expression.Constant(slot), nameof(Slot<>.Set)), Expression.Constant(true)));
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
                return Expression.Call(Expression.Constant(store.Slot(place)), nameof(Slot<>.ToMaybe), null);
            default:
                return Expression.Field(Expression.Constant(store.Slot(place)), nameof(Slot<>.Value));
        }
    }

    object Invoke(string method, Type type, Store store, Place place) => GetType()
        .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(type).Invoke(this, [store, place])!;

    Append<T> NewAppend<T>(Store store, Place place)
    {
        var append = new Append<T>(Planned.Entity.Name) { Maker = $"{Planned.Definition.Name} of {Planned.Definition.Origin}" };
        appended.Add(() => append.Items.Cast<object?>());
        return store.Appends<T>(place)[Name] = append;
    }

    Collected<T> NewCollected<T>(Store store, Place place) => new([.. store.Appends<T>(place).Values]);
}
