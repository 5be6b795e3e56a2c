namespace Rils.WebDataset;

/// <summary>Puts the members of a shard together into samples, and notes where their parts lie.</summary>
sealed class ShardScanner
{
    /// <summary>How many files of one sample a message names.</summary>
    const int OthersInMessage = 6;

    /// <summary>How many links may lead from one to the next; a longer chain is a circle.</summary>
    const int LongestChain = 40;

    static readonly string[] images = ["jpg", "jpeg", "png", "webp"];

    readonly Dictionary<string, TarMember> members = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    readonly List<IndexedSample> samples = [];
    readonly Dictionary<int, List<Other>> others = [];
    readonly SortedDictionary<OddityKind, Oddity> oddities = [];
    readonly SharedTexts texts = new();

    /// <summary>A file that has a sample's name and is none of its parts.</summary>
    readonly record struct Other(string Name, string Field, string? Target);

    /// <summary>Indexes a shard.</summary>
    /// <exception cref="InvalidDataException">The file is not a tar file, or is cut off or damaged.</exception>
    public static ShardIndex Scan(string path)
    {
        var (state, scanner) = (ShardState.Of(path), new ShardScanner());
        try
        {
            scanner.Take(TarFile.Read(path, state.Size));
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"shard `{path}`: {problem.Message}", problem);
        }
        return new(state, scanner.samples, [.. scanner.oddities.Values]);
    }

    void Take(IReadOnlyList<TarMember> all)
    {
        foreach (var member in all) members.TryAdd(MemberName.Normal(member.Name), member);
        foreach (var member in all) Add(member);
        foreach (var (place, rest) in others) samples[place] = WithOthers(samples[place], rest);
        samples.RemoveAll(sample => sample is { Image: null, Caption: null, Class: null, Json: null });
    }

    void Add(TarMember member)
    {
        var name = member.Name;
        if (!member.IsUtf8) Note(OddityKind.NotUtf8, name);
        var start = name.LastIndexOf('/') + 1;
        // macOS adds names with the first two, WebDataset adds __name__.
        if (name.AsSpan(start).StartsWith("._") || name.AsSpan(start) is ".DS_Store"
            || name.StartsWith("__", StringComparison.Ordinal)) return;
        var dot = name.IndexOf('.', start);
        if (dot <= start)
        {
            Note(OddityKind.NoSample, name);
            return;
        }
        Add(member, name[..dot], name[(dot + 1)..].ToLowerInvariant());
    }

    void Add(TarMember member, string key, string field)
    {
        if (!places.TryGetValue(key, out var place))
        {
            places[key] = place = samples.Count;
            samples.Add(new(key, null, null, null, null, ""));
        }
        if (Find(member) is not { } data)
        {
            Note(OddityKind.Link, $"{member.Name}`, a link to `{member.Target}");
            OthersOf(place).Add(new(member.Name, field, member.Target));
        }
        else if (With(samples[place], field, data) is not { } sample)
            OthersOf(place).Add(new(member.Name, field, null));
        else if (sample == samples[place]) Note(OddityKind.Second, member.Name);
        else samples[place] = sample;
    }

    /// <summary>Where the bytes of a file lie, or of the file that a link leads to; null where the link leads out of
    /// the shard or in a circle.</summary>
    Slice? Find(TarMember? member)
    {
        for (var step = 0; member?.Target is { } target && step < LongestChain; step++)
            member = members.GetValueOrDefault(target);
        return member is { Target: null, Data: var data } ? data : null;
    }

    List<Other> OthersOf(int place) => others.TryGetValue(place, out var rest) ? rest : others[place] = [];

    /// <summary>Adds a part to a sample. Returns the same sample where it has that part already, and null where the
    /// field names no part.</summary>
    static IndexedSample? With(IndexedSample sample, string field, Slice slice) => field switch
    {
        "txt" => sample with { Caption = sample.Caption ?? slice },
        "cls" => sample with { Class = sample.Class ?? slice },
        "json" => sample with { Json = sample.Json ?? slice },
        _ when images.Contains(field) => sample with { Image = sample.Image ?? slice },
        _ => null,
    };

    /// <summary>Writes the names of a sample's further files into it, and counts images that are lost among
    /// them.</summary>
    IndexedSample WithOthers(IndexedSample sample, List<Other> rest)
    {
        Other[] dotted = [.. rest.Where(other => IsSampleOfItsOwn(other, sample, rest))];
        foreach (var other in dotted) Note(OddityKind.Dotted, other.Name);
        if (dotted.Length == 0 && sample.Parts.Length == 0) Note(OddityKind.NoSample, rest[0].Name);
        var more = rest.Count > OthersInMessage ? $" and {rest.Count - OthersInMessage} more" : "";
        return sample with { Others = texts.Of(string.Join(", ", rest.Take(OthersInMessage).Select(Show)) + more) };
    }

    static string Show(Other other) => other.Target is { } target
        ? $".{other.Field} (a link to `{target}`, which is not followed)" : $".{other.Field}";

    /// <summary>Whether an image behind a further dot was meant as a sample of its own. <c>boat.mask.png</c> beside
    /// <c>boat.jpg</c> was not; <c>web.12.jpg</c> was, beside <c>web.12.txt</c> or where there is no
    /// <c>web.jpg</c>.</summary>
    static bool IsSampleOfItsOwn(Other other, IndexedSample sample, List<Other> rest)
    {
        var dot = other.Field.LastIndexOf('.');
        if (dot < 0 || !images.Contains(other.Field[(dot + 1)..])) return false;
        return sample.Image is null || rest.Exists(beside => beside.Field == $"{other.Field[..dot]}.txt"
            || beside.Field == $"{other.Field[..dot]}.json");
    }

    void Note(OddityKind kind, string name) =>
        oddities[kind] = oddities.TryGetValue(kind, out var known)
            ? known with { Count = known.Count + 1 } : new(kind, 1, name);
}
