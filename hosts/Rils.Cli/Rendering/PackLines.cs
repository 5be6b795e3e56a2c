using Rils.Analysis;
using Rils.Engine.Datasets.Packing;
using Rils.Files;

namespace Rils.Cli.Rendering;

/// <summary>Writes what packing made, and the lines of an experiment that use it.</summary>
static class PackLines
{
    /// <summary>How many bad samples are shown; the file lists all.</summary>
    const int Shown = 10;

    /// <summary>The experiment that the printed one extends, within a clone of this repository.</summary>
    static readonly string start = Path.Combine("experiments", "quickstart.toml");

    public static IEnumerable<string> Of(string path, PackFolder folder, PackResult result) =>
    [
        .. Counts(folder, result), "", "# an experiment for a file in this folder:",
        .. Experiment(path, folder, result),
    ];

    static IEnumerable<string> Counts(PackFolder folder, PackResult result)
    {
        yield return $"{folder.Path}: {Figures.Count(result.Train)} training samples in {Shards(result.TrainShards)}, "
            + (result.ValShards > 0
                ? $"{Figures.Count(result.Val)} validation samples in {Shards(result.ValShards)}, " : "")
            + ByteSize.Show(result.Bytes);
        yield return $"{Figures.Count(result.Captioned)} samples with captions, "
            + $"{Figures.Count(result.Labelled)} with a class"
            + $"{(result.Classes > 0 ? $"; the names of {result.Classes} classes are in {folder.Classes}" : "")}";
        foreach (var warning in result.Warnings) yield return $"warning: {warning}";
        if (result.Bad.Count == 0) yield break;
        yield return $"{Figures.Count(result.Bad.Count)} bad samples were left out; {folder.BadSamples} lists them:";
        foreach (var bad in result.Bad.Take(Shown)) yield return $"  {Printable.Line(bad.Cause)}";
        if (result.Bad.Count > Shown) yield return $"  and {result.Bad.Count - Shown} more";
    }

    static IEnumerable<string> Experiment(string path, PackFolder folder, PackResult result)
    {
        yield return $"extends = \"{Base()}\"" + (Path.IsPathRooted(Base()) ? "" : "  # in a clone of RilsFramework");
        yield return "name    = \"packed\"";
        yield return "";
        yield return "[data]";
        yield return "kind  = \"webdataset\"";
        if (result.TrainShards > 0) yield return $"train = \"{Path.Combine(path, "train-*.tar")}\"";
        if (result.Captioned == 0)
            foreach (var line in ImagesAlone) yield return line;
        if (result.ValShards == 0) yield break;
        var val = Path.Combine(path, "val-*.tar");
        if (result.Captioned > 0)
            foreach (var line in (string[])["", "[[head]]", "kind = \"retrieval\"", $"data = \"{val}\""])
                yield return line;
        if (result is { Labelled: > 0, Classes: > 1 })
            foreach (var line in (string[])["", "[[head]]", "kind    = \"zero-shot\"", $"data    = \"{val}\"",
                $"classes = \"{Path.Combine(path, Path.GetFileName(folder.Classes))}\""])
                yield return line;
    }

    /// <summary>The arm for data without captions.</summary>
    static IEnumerable<string> ImagesAlone =>
        ["", "[[arm]]", "name      = \"mae\"", "masking   = { kind = \"random\", ratio = 0.75 }",
            "decoder   = { kind = \"mae\", depth = 1 }", "target    = { kind = \"pixel\" }",
            "objective = \"none\""];

    /// <summary>The path of the base: that of the clone in which this program was built, where it lies in
    /// one.</summary>
    static string Base()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (File.Exists(Path.Combine(folder, start))) return Path.Combine(folder, start);
        return Path.Combine("RilsFramework", start);
    }

    static string Shards(int count) => count == 1 ? "1 shard" : $"{Figures.Count(count)} shards";
}
