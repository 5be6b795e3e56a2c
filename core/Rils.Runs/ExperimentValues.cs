using Rils.Configuration;

namespace Rils.Runs;

/// <summary>All values of a resolved experiment by their keys, as TOML writes them: what a run is held to, whatever
/// becomes of the file.</summary>
/// <param name="Root">Of the experiment as a whole: <c>data.batch</c>.</param>
/// <param name="Arms">Of each arm, by its name: <c>masking.ratio</c>.</param>
public sealed record ExperimentValues(IReadOnlyDictionary<string, string> Root,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Arms)
{
    const string SeedsKey = "seeds";

    /// <summary>Keys that no run can change on its way: results of two lengths would stand side by side.</summary>
    static readonly string[] Fixed = ["precision", .. ExperimentKeys.Lengths];

    internal static ExperimentValues Of(ExperimentTree tree)
    {
        Dictionary<string, string> root = [];
        FlatValues.Add("", tree.Root, root);
        return new(root, tree.Arms.ToDictionary(arm => arm.Name, arm =>
        {
            Dictionary<string, string> values = [];
            FlatValues.Add("", arm.Tables, values);
            return (IReadOnlyDictionary<string, string>)values;
        }));
    }

    /// <summary>The keys that changed. More seeds are no difference, since the old seeds stay as they are; nor are other
    /// sinks, which change nothing of what is trained.</summary>
    internal IEnumerable<Difference> To(ExperimentValues now)
    {
        var hasMoreSeeds = Seeds.Values.All(now.Seeds.Values.Contains);
        IEnumerable<KeyValuePair<string, string>> Compared(ExperimentValues values) =>
            values.Root.Where(value => !IsSink(value.Key)
                && !(hasMoreSeeds && IsSeed(value.Key)));
        return [.. Difference.Between(Compared(this), Compared(now),
            name: key => IsSeed(key) || Fixed.Contains(key) ? null : key),
            .. Difference.Between(Names(this), Names(now)),
            .. from arm in Arms
               where now.Arms.ContainsKey(arm.Key)
               from difference in Difference.Between(arm.Value, now.Arms[arm.Key], $"arm.{arm.Key}.", key => key)
               select difference];
    }

    Dictionary<string, string> Seeds => Root.Where(value => IsSeed(value.Key)).ToDictionary();

    static bool IsSeed(string key) => key == SeedsKey || key.StartsWith($"{SeedsKey}[", StringComparison.Ordinal);

    static bool IsSink(string key) => key.StartsWith($"{ExperimentKeys.Sink}[", StringComparison.Ordinal);

    static IEnumerable<KeyValuePair<string, string>> Names(ExperimentValues values) =>
        values.Arms.Keys.Select(arm => KeyValuePair.Create($"arm {arm}", "there"));
}
