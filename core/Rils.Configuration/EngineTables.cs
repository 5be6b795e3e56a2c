using Rils.Configuration.Settings;

namespace Rils.Configuration;

/// <summary>The tables that every experiment file can have, whichever plugins are loaded.</summary>
public static class EngineTables
{
    /// <summary>Each table, empty for the root, with the record to which it is bound. <c>data</c>, <c>head</c> and
    /// <c>sink</c> also take the keys of their kind.</summary>
    public static IReadOnlyList<(string Table, Type Options)> All => [.. World, (Arm, typeof(ArmSettings))];

    /// <summary>The tables of the experiment as a whole.</summary>
    public static IReadOnlyList<(string Table, Type Options)> World { get; } =
        [("", typeof(ExperimentSettings)), (Data, typeof(DataSettings)), ("head", typeof(HeadSettings)),
            (ExperimentKeys.Sink, typeof(SinkSettings)), ("checkpoint", typeof(CheckpointSettings)),
            ("compute", typeof(ComputeSettings))];

    const string Arm = "arm";

    /// <summary>The table of the data.</summary>
    public const string Data = "data";

    /// <summary>The tables within <c>[data]</c>, each with a kind of its own.</summary>
    public static IReadOnlyList<string> OfData { get; } = ["tokenizer", "augmentation", "views"];

    /// <summary>Whether a key of <c>[data]</c> means the same for every kind of source, so that it stays where the kind
    /// changes.</summary>
    internal static bool IsOfAnySource(string key) =>
        OptionProperty.KeysOf<DataSettings>().Contains(key) || OfData.Contains(key);

    /// <summary>The table that is bound to a record.</summary>
    public static string NameOf(Type options) => All.First(table => table.Options == options).Table;

    /// <summary>A table's name as a file writes it: <c>[masking]</c>, <c>[[head]]</c>.</summary>
    public static string Header(string table) =>
        table == Arm || ExperimentKeys.All.Lists.Contains(table) ? $"[[{table}]]" : $"[{table}]";
}
