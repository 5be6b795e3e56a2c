using Rils.Configuration;
using Rils.Contract;

namespace Rils.Engine.Composition;

/// <summary>An arm as the file gives it.</summary>
/// <param name="Name">The arm's name, which is unique in the experiment.</param>
/// <param name="Span">The place of the arm.</param>
/// <param name="Tables">The arm's tables by name, without the objectives; a table within another under both names:
/// <c>text.tokenizer</c>.</param>
/// <param name="Objectives">The arm's objectives by name.</param>
/// <param name="Unread">The names of tables that the file has, but that hold mistakes and so are not in
/// <paramref name="Tables"/>.</param>
sealed record ArmDefinition(
    string Name, SourceSpan Span, IReadOnlyDictionary<string, BoundTable> Tables,
    IReadOnlyDictionary<string, BoundTable> Objectives, IReadOnlyList<string> Unread)
{
    /// <summary>The arm's table of a slot; null where the arm has none.</summary>
    public BoundTable? TableOf<TSlot>() => Tables.Values.FirstOrDefault(table => table.Entry.Slot == typeof(TSlot));

    /// <summary>The device that the arm names, as the engine writes it: <c>cpu</c>, <c>cuda:1</c>; null for an arm that
    /// names none.</summary>
    public string? Device { get; init; }

    /// <summary>The tokenizer of the arm's captions: that of <c>[text.tokenizer]</c>, or else of
    /// <c>[data.tokenizer]</c>. Null where the arm has neither.</summary>
    public ITokenizer? Tokenizer { get; init; }

    /// <summary>The origins of trained weights, by the names of the tables that take them.</summary>
    public IReadOnlyDictionary<string, PretrainedSource> Pretrained { get; init; } =
        new Dictionary<string, PretrainedSource>();

    /// <summary>The arms of this experiment whose weights the arm takes.</summary>
    public IReadOnlyList<string> Sources =>
        [.. Pretrained.Values.Select(origin => origin.Arm).OfType<string>().Distinct()];

    /// <summary>The phase in which the arm trains, from 1; the arms whose weights it takes train in earlier
    /// phases.</summary>
    public int Phase { get; init; } = 1;
}
