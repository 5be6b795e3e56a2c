using Rils.Sources;

namespace Rils.WebDataset;

/// <summary>Puts the members of a shard together into samples, and notes in which blocks their files lie.</summary>
sealed class ShardSamples
{
    readonly Dictionary<string, int> places = new(StringComparer.Ordinal);
    readonly List<Found> samples = [];
    readonly List<(int Place, TarMember Link, string Field)> links = [];
    readonly List<(OddityKind Kind, string Name)> oddities = [];
    Found? last;

    /// <summary>A sample so far.</summary>
    sealed class Found(Run first)
    {
        public List<Run> Runs { get; } = [first];

        /// <summary>The parts, a bit for each.</summary>
        public int Parts { get; set; }

        /// <summary>The fields of files that are no part.</summary>
        public List<(string Name, string Field)>? Others { get; set; }

        public bool HasImage => (Parts & 1 << (int)SamplePart.Image) != 0;
    }

    /// <summary>Whether a sample has a link.</summary>
    public bool HasLinks => links.Count > 0;

    /// <summary>Takes a member in.</summary>
    /// <param name="member">The members come in the order of the shard.</param>
    /// <param name="globals">The headers before it that hold for all members.</param>
    public void Add(TarMember member, IReadOnlyList<Run> globals)
    {
        if (!member.IsUtf8) Note(OddityKind.NotUtf8, member.Name);
        if (SampleName.IsOfNone(member.Name)) return;
        if (SampleName.Of(member.Name) is not { } name)
        {
            Note(OddityKind.NoSample, member.Name);
            return;
        }
        var place = PlaceOf(name.Key, member.Run, globals);
        if (member.Target is not null) links.Add((place, member, name.Field));
        else Add(samples[place], member.Name, name.Field);
    }

    /// <summary>Follows the links: a sample's blocks take in those of the files to which its links lead.</summary>
    /// <param name="all">All members again.</param>
    public void Follow(IEnumerable<TarMember> all)
    {
        var members = new Dictionary<string, TarMember>(StringComparer.Ordinal);
        foreach (var member in all) members.TryAdd(MemberName.Normal(member.Name), member);
        foreach (var (place, link, field) in links)
        {
            var way = ShardSample.Follow(link, members.GetValueOrDefault);
            if (way.Count == 0)
            {
                Note(OddityKind.Link, $"{link.Name}`, a link to `{link.Target}");
                OthersOf(samples[place]).Add((link.Name, field));
                continue;
            }
            samples[place].Runs.AddRange(way.Skip(1).Select(member => member.Run));
            Add(samples[place], link.Name, field);
        }
    }

    /// <summary>The samples that have a part, and the oddities.</summary>
    public PartScan Scan(FileState state)
    {
        foreach (var sample in samples) CheckOthers(sample);
        var scan = new PartScan(state) { Usable = samples.Count(sample => sample.HasImage) };
        foreach (var sample in samples.Where(sample => sample.Parts != 0)) Run.Write(sample.Runs, scan);
        foreach (var (kind, name) in oddities) scan.Note((byte)kind, name);
        return scan;
    }

    int PlaceOf(string key, Run run, IReadOnlyList<Run> globals)
    {
        if (!places.TryGetValue(key, out var place))
        {
            places[key] = place = samples.Count;
            samples.Add(new(run));
            // A header that holds for all members is read before the sample's own.
            samples[place].Runs.InsertRange(0, globals);
        }
        else if (samples[place] == last) last.Runs[^1] = last.Runs[^1].UpTo(run);
        else samples[place].Runs.Add(run);
        last = samples[place];
        return place;
    }

    void Add(Found sample, string name, string field)
    {
        if (SampleName.PartOf(field) is not { } part) OthersOf(sample).Add((name, field));
        else if ((sample.Parts & 1 << (int)part) != 0) Note(OddityKind.Second, name);
        else sample.Parts |= 1 << (int)part;
    }

    static List<(string Name, string Field)> OthersOf(Found sample) => sample.Others ??= [];

    /// <summary>Counts images that are lost among a sample's further files.</summary>
    void CheckOthers(Found sample)
    {
        if (sample.Others is not { } others) return;
        string[] dotted =
            [.. others.Where(other => IsSampleOfItsOwn(other.Field, sample, others)).Select(other => other.Name)];
        foreach (var name in dotted) Note(OddityKind.Dotted, name);
        if (dotted.Length == 0 && sample.Parts == 0) Note(OddityKind.NoSample, others[0].Name);
    }

    /// <summary>Whether an image behind a further dot was meant as a sample of its own. <c>boat.mask.png</c> beside
    /// <c>boat.jpg</c> was not; <c>web.12.jpg</c> was, beside <c>web.12.txt</c> or where there is no
    /// <c>web.jpg</c>.</summary>
    static bool IsSampleOfItsOwn(string field, Found sample, List<(string Name, string Field)> others)
    {
        var dot = field.LastIndexOf('.');
        if (dot < 0 || !SampleName.IsImage(field[(dot + 1)..])) return false;
        return !sample.HasImage || others.Exists(beside => beside.Field == $"{field[..dot]}.txt"
            || beside.Field == $"{field[..dot]}.json");
    }

    void Note(OddityKind kind, string name) => oddities.Add((kind, name));
}
