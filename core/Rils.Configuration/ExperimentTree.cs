namespace Rils.Configuration;

/// <summary>An experiment after <c>extends</c>, <c>--set</c> and arms are worked out, before options are
/// bound.</summary>
/// <param name="Root">The keys of the experiment as a whole, with a <c>name</c>. The lists hold tables only.</param>
/// <param name="Arms">The arms, in the order of the file; at least one.</param>
public sealed record ExperimentTree(TableNode Root, IReadOnlyList<ArmTree> Arms)
{
    /// <summary>The tables at the root, which the arms share; arms have copies of their nodes.</summary>
    public TableNode Shared { get; init; } = new(Root.Span);

    /// <summary>Whether an arm was left out, and reported, because it has no name.</summary>
    public bool HasNameless { get; init; }

    /// <summary>The entries with <c>"none"</c> that had nothing to drop.</summary>
    public IReadOnlyList<TomlEntry> Dropped { get; init; } = [];

    /// <summary>A root that reads to the same tree: the keys of the experiment as a whole, and each arm with all of its
    /// tables in the list <c>arm</c>.</summary>
    internal TableNode Flat()
    {
        var root = Root.Copy();
        root.Set("arm", Root.Span, new ArrayNode(Root.Span, [.. Arms.Select(WithName)]));
        return root;
    }

    static TableNode WithName(ArmTree arm)
    {
        var table = new TableNode(arm.Span);
        table.Set("name", arm.Span, new ScalarNode(arm.Span, arm.Name));
        return arm.Tables.CopyTo(table);
    }
}
