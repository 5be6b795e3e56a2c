using System.Collections;
using Rils.Configuration;
using Rils.Contract;

namespace Rils.Engine.Composition;

/// <summary>Finds the paths that options hold.</summary>
static class OptionPaths
{
    /// <summary>The paths of all properties with <see cref="Rils.Contract.ExperimentPathAttribute"/>, in nested records
    /// and lists too.</summary>
    public static IEnumerable<string> Of(object options) =>
        from property in OptionProperty.Of(options.GetType())
        let value = property.Property.GetValue(options)
        from path in property.IsPath ? Texts(value).Where(path => path != property.Word) : Below(value)
        select path;

    static IEnumerable<string> Texts(object? value) => value switch
    {
        string path => [path],
        IDictionary table => table.Values.Cast<object?>().SelectMany(Texts),
        IEnumerable list => list.Cast<object?>().SelectMany(Texts),
        _ => [],
    };

    static IEnumerable<string> Below(object? value) => value switch
    {
        null or string or ValueType => [],
        IWrapped { Table: { } wrapped } => Of(wrapped.Options),
        IDictionary table => table.Values.Cast<object?>().SelectMany(Below),
        IEnumerable list => list.Cast<object?>().SelectMany(Below),
        _ => Of(value),
    };
}
