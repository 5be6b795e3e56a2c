using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>A table whose kind is known and whose options are bound.</summary>
/// <param name="Where">The table's name in messages: <c>[masking]</c>.</param>
/// <param name="Span">The place where the table was written.</param>
/// <param name="Entry">The table's kind.</param>
/// <param name="Options">The options, whose type is <see cref="KindEntry.Options"/>.</param>
/// <param name="Values">The table as it was written.</param>
sealed record BoundTable(string Where, SourceSpan Span, KindEntry Entry, object Options, TableNode Values)
    : IBoundKind
{
    string? IBoundKind.Kind => Entry.Name;

    /// <summary>The tables of the kinds that the options hold, those within them too.</summary>
    public IEnumerable<BoundTable> Wrapped => OptionValues.Of(Options).OfType<IWrapped>()
        .Select(wrapped => wrapped.Table).OfType<BoundTable>().SelectMany(table => table.Wrapped.Prepend(table));

    /// <summary>Makes the slot's value.</summary>
    /// <param name="context">The facts that the slot's kinds take.</param>
    /// <param name="scope">The services of the arm, or of the data, that gets the value.</param>
    /// <exception cref="ExperimentException">The plugin refuses these options; the message names file and
    /// line.</exception>
    /// <exception cref="KindFailedException">The plugin's own code fails.</exception>
    public T Make<T>(object context, KindScope scope) where T : class
    {
        try
        {
            return MakeOrThrow<T>(context, scope);
        }
        catch (Exception error) when (IsRefusal(error))
        {
            throw new ExperimentException([Refused(error.Message)]);
        }
    }

    /// <summary>Makes the slot's value; the plugin's refusal passes, as a source's refusal of files, whose place is not
    /// in this table.</summary>
    public T MakeOrThrow<T>(object context, KindScope scope) where T : class
    {
        try
        {
            return (T?)Entry.Make!(Options, context, scope)
                ?? throw new ExperimentException([Refused(
                $"the factory of plugin {Entry.Plugin} returned null: tell the plugin's author")]);
        }
        catch (Exception error)
            when (!IsRefusal(error) && error is not (ExperimentException or KindFailedException))
        {
            throw new KindFailedException(this, error);
        }
    }

    static bool IsRefusal(Exception error) => !Cause.IsSlip(error)
        && error is ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException;

    /// <summary>Turns a plugin's refusal into a mistake at a key: the key whose path the refusal names, or the key that
    /// the refusal names as in <c>ratio = 0.99</c>. Without such a key, the mistake is at the table.</summary>
    /// <param name="reason">The plugin's words, which may begin with the table's name.</param>
    public Problem Refused(string reason)
    {
        var path = Values.Entries.FirstOrDefault(entry => entry.Value is ScalarNode { Value: string text }
            && Path.IsPathRooted(text) && reason.Contains(text, StringComparison.Ordinal));
        var key =
            Values.Entries.FirstOrDefault(entry => $" {reason}".Contains($" {entry.Key} = ", StringComparison.Ordinal));
        return new((path.Value ?? key.Value)?.Span ?? Span,
            reason.StartsWith(Where, StringComparison.Ordinal) ? reason : $"{Where}: {reason}");
    }

    /// <summary>Whether another table has the same kind and equal options.</summary>
    public bool SameAs(BoundTable other) => Entry == other.Entry && OptionProperty.Of(Entry.Options).All(property =>
        OptionEquality.Same(property.Property.GetValue(Options), property.Property.GetValue(other.Options)));

    /// <summary>Makes the slot's value, or reports why it cannot.</summary>
    public T? TryMake<T>(object context, KindScope scope, Problems problems) where T : class
    {
        try
        {
            return Make<T>(context, scope);
        }
        catch (ExperimentException refused)
        {
            problems.Add(refused.Problems);
            return null;
        }
    }
}
