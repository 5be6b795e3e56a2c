using Rils.Configuration;

namespace Rils.Runs;

/// <summary>All values of a resolved experiment by their keys, as TOML writes them. A resumed run must keep these
/// values, even if its file has changed.</summary>
/// <param name="Root">The values of the experiment as a whole: <c>data.batch</c>.</param>
/// <param name="Arms">The values of each arm, by the arm's name: <c>masking.ratio</c>.</param>
public sealed record ExperimentValues(IReadOnlyDictionary<string, string> Root,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Arms)
{
    const string SeedsKey = "seeds";

    /// <summary>Keys that no run can change on its way, because results of two lengths or precisions would stand side
    /// by side.</summary>
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

    /// <summary>The keys that changed. Further seeds count as no change: the earlier seeds stay as they are. Nor do
    /// <see cref="ExperimentKeys.Idle"/> keys.</summary>
    internal IEnumerable<Difference> To(ExperimentValues now)
    {
        var hasMoreSeeds = Seeds.Values.All(now.Seeds.Values.Contains);
        IEnumerable<KeyValuePair<string, string>> Compared(ExperimentValues values) =>
            values.Root.Where(value => !IsIdle(value.Key)
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

    static bool IsIdle(string key) => ExperimentKeys.Idle.Contains(key.Split('.', '[')[0]);

    static IEnumerable<KeyValuePair<string, string>> Names(ExperimentValues values) =>
        values.Arms.Keys.Select(arm => KeyValuePair.Create($"arm {arm}", "there"));
}
