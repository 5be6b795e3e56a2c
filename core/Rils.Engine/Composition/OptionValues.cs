using System.Collections;
using Rils.Configuration;

namespace Rils.Engine.Composition;

/// <summary>Lists the values of options.</summary>
static class OptionValues
{
    /// <summary>All values, in nested records and lists too.</summary>
    public static IEnumerable<object> Of(object options) => OptionProperty.Of(options.GetType())
        .SelectMany(property => Within(property.Property.GetValue(options)));

    static IEnumerable<object> Within(object? value) => value switch
    {
        null => [],
        string or ValueType => [value],
        IDictionary table => table.Values.Cast<object?>().SelectMany(Within),
        IEnumerable list => list.Cast<object?>().SelectMany(Within),
        _ => Of(value).Prepend(value),
    };
}
