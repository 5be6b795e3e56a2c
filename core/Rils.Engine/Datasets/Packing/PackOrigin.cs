using System.Globalization;
using Rils.Runs;

namespace Rils.Engine.Datasets.Packing;

/// <summary>The data and the options that shards are made from. The same origin gives the same bytes.</summary>
/// <param name="Kind">The kind of source.</param>
/// <param name="Options">The options of the kind, as the user gave them.</param>
/// <param name="Data">The identity of the samples.</param>
/// <param name="Size">The most bytes of a shard.</param>
/// <param name="Val">The share of the samples in validation shards.</param>
sealed record PackOrigin(string Kind, IReadOnlyList<string> Options, string Data, long Size, double Val)
{
    public static PackOrigin Of(OpenedData data, PackPlan plan) =>
        new(data.Kind, [.. data.Options.Order(StringComparer.Ordinal)], $"{DataIdentity.Of(data.Source)}", plan.Size,
            plan.Val);

    /// <summary>Says in what a folder that was begun with this origin differs from another one; empty where it does
    /// not.</summary>
    public IReadOnlyList<string> Against(PackOrigin now) =>
    [
        .. Lines().Zip(now.Lines(), (then, given) => (then, given)).Where(pair => pair.then != pair.given)
            .Select(pair => $"{pair.then.Name} was {pair.then.Value} and is {pair.given.Value}"),
    ];

    IEnumerable<(string Name, string Value)> Lines() =>
    [
        ("the kind", Kind), ("--set", Options.Count == 0 ? "absent" : string.Join(' ', Options)), ("the data", Data),
        ("--size", Number(Size)), ("--val", Number(Val)),
    ];

    static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}
