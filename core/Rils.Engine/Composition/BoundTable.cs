using Rils.Configuration;
using Rils.Engine.Plugins;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>A table whose kind is known and whose options are bound.</summary>
/// <param name="Where">The table's name in messages: <c>[masking]</c>.</param>
/// <param name="Span">Where it was written.</param>
/// <param name="Entry">The kind.</param>
/// <param name="Options">The options, of <see cref="KindEntry.Options"/>.</param>
/// <param name="Values">What stands in the file.</param>
sealed record BoundTable(string Where, SourceSpan Span, KindEntry Entry, object Options, TableNode Values)
{
    /// <summary>Makes the slot's value.</summary>
    /// <param name="context">The facts that the slot's kinds are made with.</param>
    /// <param name="scope">The services of whoever gets the value: an arm, or the data.</param>
    /// <exception cref="ExperimentException">The plugin refuses these options; the message names file and line.</exception>
    /// <exception cref="KindFailedException">The plugin's own code fails.</exception>
    public T Make<T>(object context, KindScope scope) where T : class
    {
        try
        {
            return (T?)Entry.Make!(Options, context, scope)
                ?? throw new ExperimentException([Refused(
                $"plugin {Entry.Plugin} made nothing of it: its factory returned null")]);
        }
        catch (Exception error)
            when (error is ArgumentException or IOException or InvalidDataException or UnauthorizedAccessException
            && !Cause.IsSlip(error))
        {
            throw new ExperimentException([Refused(error.Message)]);
        }
        catch (Exception error) when (error is not ExperimentException)
        {
            throw new KindFailedException(this, error);
        }
    }

    /// <summary>A plugin's refusal as a mistake: at the key whose path it names, or that it names as in
    /// <c>ratio = 0.99</c>, else at the table.</summary>
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
