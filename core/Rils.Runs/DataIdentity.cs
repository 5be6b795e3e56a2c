using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Rils.Contract;

namespace Rils.Runs;

/// <summary>The data that a run reads, as far as their source identifies them.</summary>
/// <param name="Samples">The number of samples.</param>
/// <param name="Parts">The parts of the data, in their order.</param>
public sealed record DataIdentity(int Samples, IReadOnlyList<SourceShard> Parts)
{
    const int Named = 8;

    internal static DataIdentity Of(ISource source) => new(source.Count, source.Shards());

    /// <summary>The hash of the names and contents of all parts.</summary>
    string Sha256
    {
        get
        {
            var lines = string.Concat(Parts.Select(part => $"{part.Name}\n{part.Content}\n"));
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lines)));
        }
    }

    /// <summary>The latest of the parts' times; empty where the contents of the parts identify the data.</summary>
    [JsonIgnore]
    public string Times => Parts.Select(part => part.State).Max(StringComparer.Ordinal) ?? "";

    /// <summary>Whether the samples are the same, in the same order.</summary>
    public bool IsSameAs(DataIdentity other) =>
        Samples == other.Samples && Parts.Select(part => (part.Name, part.Content))
            .SequenceEqual(other.Parts.Select(part => (part.Name, part.Content)));

    /// <summary>Writes <c>64 samples in 2 parts with SHA-256 …</c>.</summary>
    public override string ToString() =>
        $"{Samples} samples in {(Parts.Count == 1 ? "1 part" : $"{Parts.Count} parts")} with SHA-256 {Sha256}";

    /// <summary>The data that changed, by the paths that name them. The same data under another path count as a change
    /// of the key that names the path, not as a change of data.</summary>
    internal static IEnumerable<Difference> Differences(IReadOnlyDictionary<string, DataIdentity> then,
        IReadOnlyDictionary<string, DataIdentity> now)
    {
        foreach (var path in then.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var (was, held) = (then.GetValueOrDefault(path), now.GetValueOrDefault(path));
            if (was is not null && held is not null ? was.IsSameAs(held)
                : was is null ? then.Values.Any(held!.IsSameAs) : now.Values.Any(was.IsSameAs)) continue;
            yield return new($"data {path}", was?.ToString() ?? Difference.Absent,
                (was is null ? held?.ToString() : held?.Against(was)) ?? Difference.Absent, "data");
        }
    }

    /// <summary>Describes these data, with the parts that differ from the other data's.</summary>
    string Against(DataIdentity other)
    {
        var then = other.Parts.DistinctBy(part => part.Name).ToDictionary(part => part.Name, part => part.Content);
        string[] changed =
        [
            .. Parts.Where(part => !then.ContainsKey(part.Name)).Select(part => $"{part.Name} is new"),
            .. Parts.Where(part => then.TryGetValue(part.Name, out var content) && content != part.Content)
                .Select(part => $"{part.Name} is another"),
            .. then.Keys.Except(Parts.Select(part => part.Name)).Select(name => $"{name} is gone"),
        ];
        var more = changed.Length > Named ? $" and {changed.Length - Named} more" : "";
        return changed.Length == 0
            ? $"{this}, in another order" : $"{this} ({string.Join(", ", changed.Take(Named))}{more})";
    }

    /// <summary>The difference between equal data whose files have other times; null where the times are equal
    /// too.</summary>
    internal Difference? Touched(string title, DataIdentity now)
    {
        var touched = Parts.Zip(now.Parts).Where(pair => pair.First.State != pair.Second.State).ToArray();
        if (touched is not [var first, .. var others]) return null;
        var more = others.Length == 0 ? "" : $" (and {others.Length} more parts)";
        return new($"{title}, {first.First.Name}{more}", first.First.State, first.Second.State);
    }
}
