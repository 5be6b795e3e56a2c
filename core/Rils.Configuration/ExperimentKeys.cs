namespace Rils.Configuration;

/// <summary>The keys at the root of an experiment that its reader treats in ways of their own.</summary>
/// <param name="World">
/// Keys of the experiment as a whole (<c>name</c>, <c>seeds</c>, <c>data</c>, <c>head</c>), which no arm may give. All
/// other keys belong to the arms.
/// </param>
/// <param name="Lists">Keys that are lists of named tables, at the root or in an arm: <c>objective</c>,
/// <c>head</c>.</param>
public sealed record ExperimentKeys(IReadOnlySet<string> World, IReadOnlySet<string> Lists)
{
    /// <summary>The keys that give the length of an experiment; a file gives one of them.</summary>
    public static IReadOnlyList<string> Lengths { get; } = ["epochs", "steps", "samples"];

    /// <summary>The list of tables that name further receivers of a run's events; they change nothing of the
    /// training.</summary>
    public const string Sink = "sink";

    /// <summary>The table of the plugins that an experiment needs, with their versions; it changes nothing of the
    /// training.</summary>
    public const string Plugins = "plugins";

    /// <summary>The keys at the root that change nothing of the training, nor of what heads find: a run may go on with
    /// others.</summary>
    public static IReadOnlyList<string> Idle { get; } = [Sink, Plugins, "primary", "margin"];

    /// <summary>The keys of every experiment file.</summary>
    public static ExperimentKeys All { get; } = new(
        new HashSet<string>(["sweep", Plugins, .. EngineTables.World.SelectMany(table =>
            table.Table.Length > 0 ? [table.Table] : OptionProperty.KeysOf(table.Options))]),
        new HashSet<string> { "objective", "head", Sink });

    /// <summary>The keys of a file that its reader removes.</summary>
    internal static IReadOnlyList<string> ReadBefore { get; } = ["arm", "extends"];
}
