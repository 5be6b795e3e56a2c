using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rils.Tests.Golden;

namespace Rils.Tests.Plugins.OddFiles;

/// <summary>The samples of the shards of <c>tests/cases</c>, each content once.</summary>
static class HandedSamples
{
    static readonly string[] images = [".jpg", ".png"];

    /// <summary>Shards whose fault is one of tar itself, with the reason why no other form can have it.</summary>
    public static IReadOnlyDictionary<string, string> OfTarAlone { get; } = new Dictionary<string, string>
    {
        ["reports/lfs-pointer-tar"] = "a pointer lies in place of the file; Files_of_another_sort_are_told_so has it",
        ["reports/tar-header-bit-rot"] = "a header of tar is damaged",
        ["reports/sparse-gnu"] = "GNU tar's form of files with holes",
        ["reports/latin1-file-names"] = "names that are not UTF-8; Names_that_are_not_UTF_8_are_counted has them",
    };

    /// <summary>Reads all shards.</summary>
    public static IReadOnlyList<OddSample> Read()
    {
        var cases = Path.Combine(Repository.Root, "tests", "cases");
        var known = new HashSet<string>();
        List<OddSample> samples = [];
        foreach (var shard in Directory.GetFiles(cases, "*.tar", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal))
        {
            if (OfTarAlone.Keys.Any(name => shard.Contains(name, StringComparison.Ordinal))) continue;
            foreach (var (name, files) in Members(shard).GroupBy(file => Path.ChangeExtension(file.Name, null))
                .Select(group => (group.Key, group.ToArray())))
                if (Sample($"{samples.Count:d3} {name.Replace('.', '_')}", files) is { } sample
                    && known.Add(Content(sample))) samples.Add(sample);
        }
        return samples;
    }

    static List<(string Name, byte[] Bytes)> Members(string shard)
    {
        List<(string Name, byte[] Bytes)> members = [];
        using var file = File.OpenRead(shard);
        using var tar = new TarReader(file);
        while (tar.GetNextEntry() is { } entry)
        {
            var name = Path.GetFileName(entry.Name);
            if (entry.EntryType == TarEntryType.HardLink)
                members.Add((name, members.First(member => member.Name == Path.GetFileName(entry.LinkName)).Bytes));
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile)) continue;
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            members.Add((name, content.ToArray()));
        }
        return members;
    }

    /// <summary>Puts a sample together; null for files without an image.</summary>
    static OddSample? Sample(string name, (string Name, byte[] Bytes)[] files)
    {
        byte[]? Of(params string[] endings) =>
            files.FirstOrDefault(file => endings.Contains(Path.GetExtension(file.Name))).Bytes;
        if (Of(images) is not { } image) return null;
        return new(name, image, Of(".cls"), Of(".txt") is { } text ? [new(text)]
            : Of(".json") is { } json ? Written(json) : []);
    }

    /// <summary>The strings of `caption` in a json as they are written.</summary>
    static OddCaption[] Written(byte[] json)
    {
        // Python writes a byte-order mark and NaN, which are not JSON.
        using var document = JsonDocument.Parse(
            Encoding.UTF8.GetString(json).TrimStart('\uFEFF').Replace("NaN", "null", StringComparison.Ordinal));
        var caption = document.RootElement.GetProperty("caption");
        return [.. (caption.ValueKind == JsonValueKind.Array ? caption.EnumerateArray().ToArray() : [caption])
            .Select(one => new OddCaption(Encoding.UTF8.GetBytes(one.GetRawText()), IsJson: true))];
    }

    static string Content(OddSample sample) => string.Join('|',
        ((byte[]?[])[sample.Image, sample.Label, .. sample.Captions.Select(caption => caption.Bytes)])
            .Select(bytes => bytes is null ? "" : Convert.ToHexString(SHA256.HashData(bytes))));
}
