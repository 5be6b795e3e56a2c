using System.Collections;
using Rils.Contract;

namespace Rils.Configuration;

/// <summary>Whether two options are equal by content: a list by its items, a nested record by its keys.</summary>
static class OptionEquality
{
    public static bool Same(object? left, object? right) => (left, right) switch
    {
        (null, _) or (_, null) => left is null && right is null,
        (string or IConvertible, _) => left.Equals(right),
        (IWrapped { Table: var one }, IWrapped { Table: var other }) =>
            one?.Kind == other?.Kind && Same(one?.Options, other?.Options),
        (IEnumerable one, IEnumerable other) => Same([.. one.Cast<object?>()], [.. other.Cast<object?>()]),
        _ when left.GetType() == right.GetType() && OptionProperty.Of(left.GetType()) is { Count: > 0 } properties =>
            properties.All(property => Same(property.Property.GetValue(left), property.Property.GetValue(right))),
        _ => left.Equals(right),
    };

    static bool Same(object?[] left, object?[] right) =>
        left.Length == right.Length && left.Zip(right).All(pair => Same(pair.First, pair.Second));
}
