using Rils.Sources;

namespace Rils.WebDataset;

/// <summary>The files of one sample of a shard.</summary>
/// <param name="Key">The common name of the files, up to the first dot; unique in the shard.</param>
sealed record ShardSample(string Key)
{
    /// <summary>How many files of one sample a message names, and how many links may lead from one to the next; a
    /// longer chain is a circle.</summary>
    const int OthersInMessage = 6, LongestChain = 40;

    readonly Slice?[] parts = new Slice?[Enum.GetValues<SamplePart>().Length];
    readonly List<string> others = [];

    /// <summary>Where the bytes of a part lie; null for a part that the sample does not have.</summary>
    public Slice? this[SamplePart part] => parts[(int)part];

    /// <summary>The sample's files, for messages: <c>an image, a .cls, .0.txt</c>.</summary>
    public string Contents => string.Join(", ", Names());

    /// <summary>Puts a sample together.</summary>
    /// <param name="members">The members of its runs, in their order; the first one with a sample's name is the
    /// sample's, and the targets of its links are among them.</param>
    public static ShardSample Of(IReadOnlyList<TarMember> members)
    {
        var sample = new ShardSample(members.Where(member => !SampleName.IsOfNone(member.Name))
            .Select(member => SampleName.Of(member.Name)).First(name => name is not null)!.Value.Key);
        foreach (var member in members)
            if (!SampleName.IsOfNone(member.Name) && SampleName.Of(member.Name) is { } name && name.Key == sample.Key)
                sample.Add(member, name.Field, target =>
                    members.FirstOrDefault(other => MemberName.Normal(other.Name) == target));
        return sample;
    }

    /// <summary>Follows links.</summary>
    /// <returns>The members on the way, the file last; empty where the way leads out of the shard or in a
    /// circle.</returns>
    public static IReadOnlyList<TarMember> Follow(TarMember member, Func<string, TarMember?> find)
    {
        List<TarMember> way = [member];
        while (way[^1].Target is { } target && way.Count <= LongestChain)
        {
            if (find(target) is not { } next) return [];
            way.Add(next);
        }
        return way[^1].Target is null ? way : [];
    }

    void Add(TarMember member, string field, Func<string, TarMember?> find)
    {
        var way = Follow(member, find);
        if (way.Count == 0) others.Add($".{field} (a link to `{member.Target}`, which is not followed)");
        else if (SampleName.PartOf(field) is { } part) parts[(int)part] ??= way[^1].Data;
        else others.Add($".{field}");
    }

    IEnumerable<string> Names()
    {
        if (this[SamplePart.Image] is not null) yield return "an image";
        if (this[SamplePart.Caption] is not null) yield return "a .txt";
        if (this[SamplePart.Class] is not null) yield return "a .cls";
        if (this[SamplePart.Json] is not null) yield return "a .json";
        if (others.Count == 0) yield break;
        var more = others.Count > OthersInMessage ? $" and {others.Count - OthersInMessage} more" : "";
        yield return string.Join(", ", others.Take(OthersInMessage)) + more;
    }
}
