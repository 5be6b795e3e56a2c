using Rils.Configuration.Settings;

namespace Rils.Configuration;

/// <summary>The keys that every experiment file can have, whatever the plugins are.</summary>
public static class EngineTables
{
    /// <summary>The table, empty for the root, and the record that it is bound to. <c>data</c> and <c>head</c> take those of their kind besides.</summary>
    public static IReadOnlyList<(string Table, Type Options)> All => [.. World, (Arm, typeof(ArmSettings))];

    /// <summary>Those of the experiment as a whole.</summary>
    public static IReadOnlyList<(string Table, Type Options)> World { get; } =
        [("", typeof(ExperimentSettings)), ("data", typeof(DataSettings)), ("head", typeof(HeadSettings)),
            ("checkpoint", typeof(CheckpointSettings)), ("compute", typeof(ComputeSettings))];

    const string Arm = "arm";

    /// <summary>The table that a record is bound to.</summary>
    public static string NameOf(Type options) => All.First(table => table.Options == options).Table;

    /// <summary>A table as a file writes it: <c>[masking]</c>, <c>[[head]]</c>.</summary>
    public static string Header(string table) =>
        table == Arm || ExperimentKeys.All.Lists.Contains(table) ? $"[[{table}]]" : $"[{table}]";
}
