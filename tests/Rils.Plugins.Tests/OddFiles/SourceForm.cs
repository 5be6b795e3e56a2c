using System.Text;
using Parquet;
using Parquet.Serialization;
using Rils.Contract;
using Rils.ImageFiles;
using Rils.Parquet;
using Rils.Tests.Plugins.ImageFiles;
using Rils.Tests.Plugins.WebDataset;
using Rils.WebDataset;
using SourceOptions = Parquet.ParquetOptions;

namespace Rils.Tests.Plugins.OddFiles;

/// <summary>Writes samples as the files of a kind of source.</summary>
/// <param name="Name">The form's name.</param>
/// <param name="Lacks">Says what of a sample the form cannot express, and why; null for nothing.</param>
/// <param name="HasLabels">Whether the form has class numbers.</param>
/// <param name="Open">Writes the samples into a folder, and opens the source.</param>
/// <param name="KeyOf">The key of a sample, from its place among the samples.</param>
sealed record SourceForm(string Name, Func<OddSample, string?> Lacks, bool HasLabels,
    Func<ImageTree, IReadOnlyList<OddSample>, ISource> Open, Func<OddSample, int, string> KeyOf)
{
    /// <summary>All forms; shards are the first.</summary>
    public static IReadOnlyList<SourceForm> All { get; } =
    [
        new("shards", _ => null, true, Shards, (sample, _) => $"odd/{sample.Name}"),
        new("folder with texts", LacksInFolder, true, (tree, samples) => Folder(tree, samples, AddText), FolderKey),
        new("folder with a table", LacksInFolderWithTable, true, FolderWithTable, FolderKey),
        new("table", LacksInText, true, Table, (sample, _) => $"images/{sample.Name}"),
        new("coco", LacksInCoco, false, Coco, (sample, _) => sample.Name),
        new("parquet with images", LacksInText, true,
            (tree, samples) => Parquet(tree, samples, hasBytes: true), (_, place) => $"odd/{place}"),
        new("parquet with paths", LacksInText, true,
            (tree, samples) => Parquet(tree, samples, hasBytes: false), (_, place) => $"odd/{place}"),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The order in which the form numbers samples: a folder of class folders goes by its paths.</summary>
    public IReadOnlyList<OddSample> InOrder(IEnumerable<OddSample> samples) => [.. samples.OrderBy(sample =>
        IsFolder ? $"{FolderKey(sample, 0)}.jpg".Replace('/', '\0') : sample.Name, StringComparer.Ordinal)];

    /// <summary>Whether the samples are the files of a folder.</summary>
    public bool IsFolder => Name.StartsWith("folder", StringComparison.Ordinal);

    static string? LacksInText(OddSample sample) => sample.Captions.Any(caption => caption.Plain is null)
        ? "half of a surrogate pair: UTF-8 has no such thing" : null;

    static string? LacksInCoco(OddSample sample) => sample.Captions.Any(caption => !caption.IsJson
            && caption.Bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0xEF, 0xBB, 0xBF, ..])
        ? "a byte-order mark: a string of JSON has none"
        : sample.Captions.Any(caption => caption.Bytes.Contains((byte)0))
        ? "a NUL: JSON writes it as an escape, which is a character like others" : null;

    static string? LacksInFolderWithTable(OddSample sample) => LacksInText(sample)
        ?? (sample.Image is null ? "no image: the folder's images are its samples"
        : sample.Label is { } label && (label.Length == 0 || !System.Text.Unicode.Utf8.IsValid(label))
            ? "a class that is the name of no folder" : null);

    static string? LacksInFolder(OddSample sample) => LacksInFolderWithTable(sample)
        ?? (sample.Captions.Count > 1 ? "several captions: an image has one text beside it" : null);

    static string FolderKey(OddSample sample, int place) =>
        sample.LabelText is { } label ? $"{label}/{sample.Name}" : sample.Name;

    static WebDatasetSource Shards(ImageTree tree, IReadOnlyList<OddSample> samples)
    {
        Shard.Write(tree["odd.tar"], System.Formats.Tar.TarEntryFormat.Pax, samples.SelectMany(Members));
        return new(new([tree["odd.tar"]], tree.Cache));
    }

    static IEnumerable<(string Name, byte[] Content)> Members(OddSample sample)
    {
        if (sample.Image is { } image) yield return ($"{sample.Name}.jpg", image);
        if (sample.Label is { } label) yield return ($"{sample.Name}.cls", label);
        if (sample.Captions is [{ IsJson: false } only]) yield return ($"{sample.Name}.txt", only.Bytes);
        else if (sample.Captions.Count > 0)
            yield return ($"{sample.Name}.json",
                [.. "{\"caption\": ["u8, .. Joined(sample.Captions.Select(caption => caption.Quoted)), .. "]}"u8]);
    }

    static FolderSource Folder(ImageTree tree, IReadOnlyList<OddSample> samples, Action<string, OddSample> beside)
    {
        foreach (var sample in samples)
        {
            var path = tree[$"photos/{FolderKey(sample, 0)}.jpg"];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, sample.Image!);
            beside(path, sample);
        }
        return new(new([tree["photos"]], tree.Cache));
    }

    static void AddText(string image, OddSample sample)
    {
        foreach (var caption in sample.Captions)
            File.WriteAllBytes(Path.ChangeExtension(image, ".txt"), caption.Plain!);
    }

    static FolderSource FolderWithTable(ImageTree tree, IReadOnlyList<OddSample> samples)
    {
        Directory.CreateDirectory(tree["photos"]);
        WriteTable(tree["photos/metadata.csv"], "file_name,text\n"u8, samples.SelectMany(sample => sample.Captions
            .Select(caption => (byte[][])[Encoding.UTF8.GetBytes($"{FolderKey(sample, 0)}.jpg"), caption.Plain!])));
        return Folder(tree, samples, (_, _) => { });
    }

    static TableSource Table(ImageTree tree, IReadOnlyList<OddSample> samples)
    {
        WriteImages(tree, samples);
        WriteTable(tree["odd.csv"], "image,caption,label\n"u8, samples.SelectMany(sample =>
            sample.Captions.Select(caption => caption.Plain!).DefaultIfEmpty([]).Select(caption => (byte[][])
            [
                Encoding.UTF8.GetBytes(sample.Image is null ? "" : $"images/{sample.Name}.jpg"), caption,
                sample.Label ?? [],
            ])));
        return new(new([tree["odd.csv"]], tree.Cache));
    }

    static CocoSource Coco(ImageTree tree, IReadOnlyList<OddSample> samples)
    {
        WriteImages(tree, samples);
        var images = samples.Select((sample, id) => Encoding.UTF8.GetBytes(
            $$"""{"id": {{id}}, "file_name": {{System.Text.Json.JsonSerializer.Serialize($"{sample.Name}.jpg")}}}"""));
        var captions = samples.Index().SelectMany(sample => sample.Item.Captions.Select(caption => (byte[])
        [
            .. Encoding.UTF8.GetBytes($$"""{"image_id": {{sample.Index}}, "caption": """), .. caption.Quoted, .. "}"u8,
        ]));
        File.WriteAllBytes(tree["odd.json"], [.. "{\"images\": ["u8, .. Joined(images), .. "], \"annotations\": ["u8,
            .. Joined(captions), .. "]}"u8]);
        return new(new([tree["odd.json"]], tree.Cache), new() { Images = tree["images"] });
    }

    sealed record ImageRow(byte[]? image, List<string> caption, string? label);

    sealed record PathRow(string? image_path, List<string> caption, string? label);

    static ParquetSource Parquet(ImageTree tree, IReadOnlyList<OddSample> samples, bool hasBytes)
    {
        var path = tree["odd.parquet"];
        var broken = new List<(byte[] Marked, byte[] Bytes)>();
        string Text(byte[] bytes)
        {
            if (System.Text.Unicode.Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
            // The library writes texts only; other bytes of the same number take the place of these.
            var mark = $"@@{broken.Count:d3}@@".PadRight(bytes.Length, '@');
            broken.Add((Encoding.ASCII.GetBytes(mark), bytes));
            return mark;
        }
        List<string> Captions(OddSample sample) => [.. sample.Captions.Select(caption => Text(caption.Plain!))];
        string? Label(OddSample sample) => sample.Label is { } label ? Text(label) : null;
        var options = new SourceOptions { CompressionMethod = CompressionMethod.None };
        if (!hasBytes) WriteImages(tree, samples);
        if (hasBytes)
            ParquetSerializer.SerializeAsync((ImageRow[])[.. samples.Select(sample =>
                new ImageRow(sample.Image, Captions(sample), Label(sample)))], path, options).GetAwaiter().GetResult();
        else
            ParquetSerializer.SerializeAsync((PathRow[])[.. samples.Select(sample => new PathRow(
                sample.Image is null ? null : $"images/{sample.Name}.jpg", Captions(sample), Label(sample)))], path,
                options).GetAwaiter().GetResult();
        var file = File.ReadAllBytes(path);
        foreach (var (marked, bytes) in broken) Replace(file, marked, bytes);
        File.WriteAllBytes(path, file);
        return new(new([path], tree.Cache));
    }

    static void Replace(byte[] file, byte[] marked, byte[] bytes)
    {
        var count = 0;
        for (var at = 0; file.AsSpan(at).IndexOf(marked) is >= 0 and var found; count++)
        {
            bytes.CopyTo(file, at + found);
            at += found + bytes.Length;
        }
        Assert.True(count > 0, "the text is not written as it is");
    }

    static void WriteImages(ImageTree tree, IReadOnlyList<OddSample> samples)
    {
        Directory.CreateDirectory(tree["images"]);
        foreach (var sample in samples)
            if (sample.Image is { } image) File.WriteAllBytes(tree[$"images/{sample.Name}.jpg"], image);
    }

    static void WriteTable(string path, ReadOnlySpan<byte> names, IEnumerable<byte[][]> rows)
    {
        using var file = File.Create(path);
        file.Write(names);
        foreach (var row in rows)
            file.Write([.. Joined(row.Select(cell => (byte[])
                [(byte)'"', .. cell.SelectMany(value => value == '"' ? (byte[])[value, value] : [value]), (byte)'"'])),
                (byte)'\n']);
    }

    static byte[] Joined(IEnumerable<byte[]> parts) =>
        [.. parts.SelectMany((part, place) => place == 0 ? part : [(byte)',', .. part])];
}
