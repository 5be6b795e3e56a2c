using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Rils.Configuration.Settings;
using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Configuration;

/// <summary>Binds a table to an options record: a key is a property's name in snake_case.</summary>
/// <remarks>
/// A property may be a bool, int, long, float, double, string, <see cref="Period"/> or enum (<c>kebab-case</c>,
/// <c>snake_case</c> or lower case), one of these as nullable, a list of these (a lone value is a list of one), a
/// dictionary from string to these, or a record of such properties (a nested table; a list of records is an array of
/// tables). Binding makes the paths of properties with <see cref="Rils.Contract.ExperimentPathAttribute"/> absolute,
/// from the folder of the file that gives the value, both in the record and in the tree.
/// </remarks>
public static class OptionsBinder
{
    /// <inheritdoc cref="Bind(Type, TableNode, string, Problems, IReadOnlySet{string}?)"/>
    public static T? Bind<T>(TableNode table, string where, Problems problems, IReadOnlySet<string>? alsoKnown = null)
        where T : class => (T?)Bind(typeof(T), table, where, problems, alsoKnown);

    /// <summary>Binds some keys of a table whose other keys are bound elsewhere, and reports no unknown key.</summary>
    /// <inheritdoc cref="Bind(Type, TableNode, string, Problems, IReadOnlySet{string}?)"/>
    internal static T? BindSome<T>(TableNode table, string where, Problems problems, IReadOnlySet<string> alsoKnown)
        where T : class =>
        (T?)Bind(typeof(T), table, where, problems, alsoKnown, elsewhere: null, judgesUnknown: false);

    /// <summary>Makes the options that a table gives, and reports every mistake: a key that is unknown or missing, or
    /// whose value has a wrong type or is not allowed.</summary>
    /// <param name="type">The type of a record that has a constructor without parameters.</param>
    /// <param name="table">The table.</param>
    /// <param name="where">The table's name in messages: <c>[masking]</c>.</param>
    /// <param name="problems">The list that takes the mistakes.</param>
    /// <param name="alsoKnown">Keys of the table that other code reads: <c>kind</c>, <c>name</c>.</param>
    /// <returns>The options; null after a mistake.</returns>
    public static object? Bind(Type type, TableNode table, string where, Problems problems,
        IReadOnlySet<string>? alsoKnown = null) => Bind(type, table, where, problems, alsoKnown, elsewhere: null);

    /// <inheritdoc cref="Bind(Type, TableNode, string, Problems, IReadOnlySet{string}?)"/>
    /// <param name="type">The type of a record that has a constructor without parameters.</param>
    /// <param name="table">The table.</param>
    /// <param name="where">The table's name in messages: <c>[masking]</c>.</param>
    /// <param name="problems">The list that takes the mistakes.</param>
    /// <param name="alsoKnown">Keys of the table that other code reads: <c>kind</c>, <c>name</c>.</param>
    /// <param name="elsewhere">For a key that resembles none of this table, the keys of other tables that it may
    /// mean.</param>
    /// <param name="judgesUnknown">Whether unknown keys are reported.</param>
    /// <param name="wraps">Binds properties that name a kind; null where there are none.</param>
    internal static object? Bind(Type type, TableNode table, string where, Problems problems,
        IReadOnlySet<string>? alsoKnown = null, Func<TomlEntry, IReadOnlyList<string>>? elsewhere = null,
        bool judgesUnknown = true, BindWrapped? wraps = null)
    {
        var found = new Problems();
        var options = Make(type, table, where, found);
        var properties = OptionProperty.Of(type);
        string[] known = [.. properties.Select(property => property.Key),
            .. (alsoKnown ?? new HashSet<string>()).Order()];
        TomlEntry[] unknown = [.. table.Entries.Where(entry => !known.Contains(entry.Key))];
        if (judgesUnknown)
            ReportUnknown(unknown, where, known, elsewhere ?? (_ => []), found);
        // A required key that stands in the table under a similar name counts as misspelt, not as missing.
        var meant = unknown.Select(entry => Nearest.Name(entry.Key, known)).ToHashSet();
        var isRead = true;
        foreach (var property in properties)
        {
            if (table.TryGet(property.Key, out var entry))
                isRead &= Set(options, property, entry.Value,
                    new OptionPlace(property.Key, where, property.IsPath, found, wraps) { Word = property.Word });
            else if (property.IsRequired && !meant.Contains(property.Key))
                found.Add(table.Span,
                    $"missing key `{property.Key}` in {where}: {property.Expected}");
        }
        var hasAll = properties.All(property => !property.IsRequired || table[property.Key] is not null);
        if (hasAll && isRead && found.Count == 0)
            CheckWhole(options!, table, where, found);
        problems.Add(found);
        return hasAll && isRead && found.Count == 0 ? options : null;
    }

    static object? Make(Type type, TableNode table, string where, Problems problems)
    {
        try
        {
            return Activator.CreateInstance(type);
        }
        catch (Exception error) when (error is MemberAccessException or TargetInvocationException)
        {
            problems.Add(table.Span, $"{where} cannot be used: {type.FullName} cannot be made: {Cause.Of(error)}");
            return null;
        }
    }

    static void ReportUnknown(IReadOnlyList<TomlEntry> unknown, string where, IReadOnlyList<string> known,
        Func<TomlEntry, IReadOnlyList<string>> elsewhere, Problems problems)
    {
        foreach (var entry in unknown)
        {
            var keys = known.Count > 0 ? $"Keys: {string.Join(", ", known.Distinct())}." : "It takes none.";
            IReadOnlyList<string> meant = Nearest.Name(entry.Key, known) is { } near ? [near] : elsewhere(entry);
            problems.Add(entry.KeySpan, $"unknown key `{entry.Key}` in {where}{Nearest.Hint(meant, ".")} {keys}");
        }
    }

    /// <summary>Sets a property; false after a mistake in its value, which <see cref="OptionPlace.Wraps"/> may have
    /// reported elsewhere.</summary>
    static bool Set(object? options, OptionProperty property, TomlNode node, OptionPlace place)
    {
        if (!OptionValue.TryRead(node, property.Property.PropertyType, place, out var value)
            || !OptionRules.Check(node, value, property.Rules, place) || options is null)
            return false;
        try
        {
            property.Property.SetValue(options, value);
            return true;
        }
        catch (TargetInvocationException error)
        {
            place.Is(node, $": {Cause.Of(error)}");
            return false;
        }
    }

    /// <summary>Runs the record's own check across its options. Only sound options are checked: others would lead to
    /// reports that follow from earlier mistakes.</summary>
    /// <param name="options">The options of the table.</param>
    /// <param name="table">The table.</param>
    /// <param name="where">The table's name in messages.</param>
    /// <param name="problems">The list that takes the mistakes.</param>
    /// <param name="facts">Objects of different types that the check gets by
    /// <see cref="ValidationContext.GetService"/>.</param>
    internal static void CheckWhole(
        object options, TableNode table, string where, Problems problems, params object[] facts)
    {
        if (options is not IValidatableObject own)
            return;
        try
        {
            var context = new ValidationContext(options);
            context.InitializeServiceProvider(type => facts.FirstOrDefault(type.IsInstanceOfType));
            foreach (var result in own.Validate(context).Where(result => result != ValidationResult.Success))
            {
                var spans = OptionProperty.Of(options.GetType())
                    .Where(property => result.MemberNames.Contains(property.Property.Name))
                    .Select(property => table[property.Key]?.Span)
                    .OfType<SourceSpan>()
                    .OrderByDescending(span => span.IsSet); // A --set comes first: the file was sound without it.
                problems.Add(spans.FirstOrDefault(table.Span), $"{where}: {result.ErrorMessage}");
            }
        }
        catch (Exception error)
        {
            // The check is a plugin's code, and may throw anything.
            problems.Add(table.Span, $"{where}: {Cause.Of(error)}");
        }
    }
}
