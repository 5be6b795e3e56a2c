using Rils.Configuration;

namespace Rils.Engine.Sweeps;

/// <summary>One value of a key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Label">Key and value in the name of an arm or a folder: <c>ratio-0.6</c>.</param>
/// <param name="Value">The value.</param>
sealed record SweepChoice(SweepKey Key, string Label, TomlNode Value)
{
    /// <summary>The value as TOML writes it.</summary>
    public string Text => SweepLabels.Text(Value);

    /// <summary>Key and value for people: <c>ratio=0.6</c>.</summary>
    public string Title => $"{Key.Path[^1]}={Text}";

    /// <summary>All combinations of the keys' values, where the last key's values change first; one empty combination
    /// where there is no key.</summary>
    public static IReadOnlyList<IReadOnlyList<SweepChoice>> Product(IEnumerable<IReadOnlyList<SweepChoice>> keys) =>
        keys.Aggregate((IReadOnlyList<IReadOnlyList<SweepChoice>>)[[]], (done, values) =>
            [.. done.SelectMany(before => values.Select(value => (IReadOnlyList<SweepChoice>)[.. before, value]))]);

    /// <summary>Applies choices to tables by the rules of <c>--set</c>: a kind goes before other keys.</summary>
    public static void Apply(
        IEnumerable<SweepChoice> choices, TableNode tables, IReadOnlySet<string> lists, Problems problems)
    {
        foreach (var choice in choices.OrderBy(choice => choice.Key.Path[^1] != "kind"))
            new SetWalk(new SetArgument(choice.Key.At, choice.Key.Path, choice.Value.Copy()), lists, problems)
                .Apply(tables, 0);
    }
}
