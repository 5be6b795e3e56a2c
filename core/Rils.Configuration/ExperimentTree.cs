namespace Rils.Configuration;

/// <summary>An experiment with <c>extends</c>, <c>--set</c> and arms worked out, not yet bound to options.</summary>
/// <param name="Root">The keys of the experiment as a whole, <c>name</c> always among them. Lists hold tables only.</param>
/// <param name="Arms">The arms in the order of the file, at least one.</param>
public sealed record ExperimentTree(TableNode Root, IReadOnlyList<ArmTree> Arms)
{
    /// <summary>The tables at the root, which the arms share; no node of them is an arm's.</summary>
    public TableNode Shared { get; init; } = new(Root.Span);

    /// <summary>Whether an arm is left out since it has no name, which is told.</summary>
    public bool HasNameless { get; init; }

    /// <summary>What <c>"none"</c> dropped where there was nothing to drop.</summary>
    public IReadOnlyList<TomlEntry> Dropped { get; init; } = [];
}
