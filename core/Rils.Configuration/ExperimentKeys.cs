namespace Rils.Configuration;

/// <summary>The keys at the root of an experiment that its reader treats in a way of their own.</summary>
/// <param name="World">
/// Keys of the experiment as a whole (<c>name</c>, <c>seeds</c>, <c>data</c>, <c>head</c>): no arm may give them. All
/// others belong to the arms.
/// </param>
/// <param name="Lists">Keys that are lists of named tables, at the root or in an arm: <c>objective</c>,
/// <c>head</c>.</param>
public sealed record ExperimentKeys(IReadOnlySet<string> World, IReadOnlySet<string> Lists)
{
    /// <summary>Keys that say how long an experiment runs; a file gives one of them.</summary>
    public static IReadOnlyList<string> Lengths { get; } = ["epochs", "steps", "samples"];

    /// <summary>Those of every experiment file.</summary>
    public static ExperimentKeys All { get; } = new(
        new HashSet<string>(["sweep", .. EngineTables.World.SelectMany(table =>
            table.Table.Length > 0 ? [table.Table] : OptionProperty.KeysOf(table.Options))]),
        new HashSet<string> { "objective", "head" });

    /// <summary>Keys of a file that are gone once it is read.</summary>
    internal static IReadOnlyList<string> ReadBefore { get; } = ["arm", "extends"];
}
