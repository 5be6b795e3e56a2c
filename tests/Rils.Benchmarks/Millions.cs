using System.Diagnostics;
using System.Formats.Tar;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Data;
using Rils.Engine.Plugins;
using Rils.WebDataset;

namespace Rils.Benchmarks;

/// <summary>Fifteen million samples: 1,500 names of one shard of 10,000 samples, then a table with a row for each of
/// 10,000 images in 1,500 names of one folder. One process indexes each, another opens it, each with the memory that it
/// takes.</summary>
static class Millions
{
    const int Names = 1_500, InOne = 10_000, Batch = 256;

    /// <param name="arguments">Empty for all; `open FOLDER KIND PATTERN` for one process.</param>
    public static int Run(string[] arguments)
    {
        if (arguments is ["open", var given, var source, var data]) return Open(given, source, data);
        var folder = Directory.CreateTempSubdirectory("rils-millions-").FullName;
        try
        {
            foreach (var (kind, pattern) in ((string, string)[])[WriteShards(folder), WriteTable(folder)])
                foreach (var what in (string[])["scans", "has the index"])
                {
                    Console.WriteLine($"{kind}: a process that {what}:");
                    using var process = Process.Start("dotnet",
                        [typeof(Millions).Assembly.Location, "millions", "open", folder, kind, pattern]);
                    process.WaitForExit();
                    if (process.ExitCode != 0) return process.ExitCode;
                }
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Packs the training images of clipart-mini again and again into one shard, and links to it.</summary>
    static (string Kind, string Pattern) WriteShards(string folder)
    {
        var shard = Path.Combine(folder, "shard");
        using (var writer = new TarWriter(File.Create(shard)))
            foreach (var (name, sample) in Samples(folder))
            {
                Add(writer, $"{name}.jpg", sample.Image.ToArray());
                Add(writer, $"{name}.txt", System.Text.Encoding.UTF8.GetBytes(sample.Find<Captions>()!.Texts[0]));
            }
        for (var i = 0; i < Names; i++) File.CreateSymbolicLink(Path.Combine(folder, $"train-{i:d5}.tar"), shard);
        Console.WriteLine($"{Names * InOne:N0} samples in {Names:N0} shards of {new FileInfo(shard).Length:N0} bytes");
        return ("webdataset", Path.Combine(folder, "train-*.tar"));
    }

    /// <summary>Writes the images into one folder, links to it, and lists every image of every link.</summary>
    static (string Kind, string Pattern) WriteTable(string folder)
    {
        var images = Directory.CreateDirectory(Path.Combine(folder, "images")).FullName;
        List<string> rows = [];
        foreach (var (name, sample) in Samples(folder))
        {
            File.WriteAllBytes(Path.Combine(images, $"{name}.jpg"), sample.Image.Span);
            var caption = sample.Find<Captions>()!.Texts[0].Replace("\"", "\"\"", StringComparison.Ordinal);
            rows.Add($"{name}.jpg,\"{caption}\"");
        }
        var path = Path.Combine(folder, "table.csv");
        using (var table = new StreamWriter(path))
        {
            table.WriteLine("image,caption");
            for (var i = 0; i < Names; i++)
            {
                Directory.CreateSymbolicLink(Path.Combine(folder, $"{i:d5}"), images);
                foreach (var row in rows) table.WriteLine($"{i:d5}/{row}");
            }
        }
        Console.WriteLine($"{Names * InOne:N0} samples in a table of {new FileInfo(path).Length:N0} bytes");
        return ("table", path);
    }

    static IEnumerable<(string Name, Sample Sample)> Samples(string folder)
    {
        using var source = new WebDatasetSource(
            new([Repository.Experiments("data", "clipart-mini", "train-*.tar")], Path.Combine(folder, "small")));
        for (var i = 0; i < InOne; i++)
            yield return (i.ToString("D9", CultureInfo.InvariantCulture),
                source.Read(i % source.Count, new HashSet<Type> { typeof(Captions) }));
    }

    static void Add(TarWriter writer, string name, byte[] content) =>
        writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(content),
        });

    static int Open(string folder, string kind, string pattern)
    {
        var folders = Directory.GetDirectories(PluginLocations.Default).Order(StringComparer.Ordinal);
        var plugins = PluginLoader.Load([.. folders]);
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", Path.Combine(folder, "cache"));
        var before = Memory();
        var begun = Stopwatch.GetTimestamp();
        var loader = new ExperimentLoader(plugins.Registry, NullLogger<ExperimentLoader>.Instance);
        using var experiment = loader.Load(Repository.Experiments("bench", "vit-192-64.toml"),
            [$"data.kind={kind}", $"data.train={pattern}", $"data.batch={Batch}", "steps=1"]);
        Tell("the experiment is loaded", begun);
        Console.WriteLine($"  memory before: {before}, now: {Memory()}");
        var data = experiment.Training;
        var order = new SampleOrder(RandomStream.Root(0), data.Source.Count, data.StepsPerEpoch, Batch);
        var numbers = order.Of(0).ToArray();
        Tell("the first epoch has its order", begun);
        Parallel.For(0, Batch, place => data.Augmentation.Train(
            data.Source.Read(numbers[place], new HashSet<Type> { typeof(Captions) }).Image,
            RandomStream.Root(place), new byte[3 * data.ImageSize * data.ImageSize]));
        Tell("and its first batch is decoded", begun);
        var index = Directory.GetFiles(Path.Combine(folder, "cache"), $"{kind}-*", SearchOption.AllDirectories)
            .Sum(file => new FileInfo(file).Length);
        Console.WriteLine($"  index: {index:N0} bytes, {(double)index / data.Source.Count:0.00} a sample");
        Console.WriteLine($"  memory now: {Memory()}");
        return 0;
    }

    static void Tell(string what, long begun) =>
        Console.WriteLine($"  {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.00} s: {what}");

    /// <summary>Resident memory as Linux counts it: its peak, the process's own, and pages of mapped files.</summary>
    static string Memory() => string.Join(", ", File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith("VmHWM", StringComparison.Ordinal)
            || line.StartsWith("RssAnon", StringComparison.Ordinal)
            || line.StartsWith("RssFile", StringComparison.Ordinal))
        .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
}
