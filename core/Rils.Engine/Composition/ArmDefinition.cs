using Rils.Configuration;

namespace Rils.Engine.Composition;

/// <summary>An arm as the file gives it.</summary>
/// <param name="Name">Unique in the experiment.</param>
/// <param name="Span">Where the arm was written.</param>
/// <param name="Tables">Its tables by name, without the objectives.</param>
/// <param name="Objectives">Its objectives by name.</param>
/// <param name="Unread">Names of tables that the file has and that are wrong, so that they are not among the others.</param>
sealed record ArmDefinition(
    string Name, SourceSpan Span, IReadOnlyDictionary<string, BoundTable> Tables, IReadOnlyDictionary<string, BoundTable> Objectives,
    IReadOnlyList<string> Unread)
{
    /// <summary>The table of the slot with a contract; null where the arm has none.</summary>
    public BoundTable? TableOf<TSlot>() => Tables.Values.FirstOrDefault(table => table.Entry.Slot == typeof(TSlot));

    /// <summary>The device that the arm names, as the engine writes it: <c>cpu</c>, <c>cuda:1</c>; null for an arm that
    /// names none.</summary>
    public string? Device { get; init; }

    /// <summary>Where tables take trained weights from, by the tables' names.</summary>
    public IReadOnlyDictionary<string, Origin> Origins { get; init; } = new Dictionary<string, Origin>();

    /// <summary>The arms of this experiment whose weights it takes.</summary>
    public IReadOnlyList<string> Sources => [.. Origins.Values.Select(origin => origin.Arm).OfType<string>().Distinct()];

    /// <summary>From 1: arms whose weights this one takes are in earlier ones.</summary>
    public int Phase { get; init; } = 1;
}
