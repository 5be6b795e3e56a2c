using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Data;
using Rils.Engine.Plugins;
using Rils.WebDataset;

namespace Rils.Benchmarks;

/// <summary>Fifteen million samples: 1,500 names of one shard of 10,000 samples, indexed by one process and opened by
/// another, each with the memory that it takes.</summary>
static class Millions
{
    const int Shards = 1_500, InShard = 10_000, Batch = 256;

    /// <param name="arguments">Empty for all; `open FOLDER` for one process.</param>
    public static int Run(string[] arguments)
    {
        if (arguments is ["open", var given]) return Open(given);
        var folder = Directory.CreateTempSubdirectory("rils-millions-").FullName;
        try
        {
            Write(folder);
            foreach (var what in (string[])["scans all shards", "has the index"])
            {
                Console.WriteLine($"a process that {what}:");
                using var process = Process.Start(
                    Environment.ProcessPath!, [typeof(Millions).Assembly.Location, "millions", "open", folder]);
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
    static void Write(string folder)
    {
        using var source = new WebDatasetSource(
            new([Repository.Experiments("data", "clipart-mini", "train-*.tar")], Path.Combine(folder, "small")));
        var shard = Path.Combine(folder, "shard");
        using (var writer = new System.Formats.Tar.TarWriter(File.Create(shard)))
            for (var i = 0; i < InShard; i++)
            {
                var sample = source.Read(i % source.Count, new HashSet<Type> { typeof(Captions) });
                var name = i.ToString("D9", CultureInfo.InvariantCulture);
                Add(writer, $"{name}.jpg", sample.Image.ToArray());
                Add(writer, $"{name}.txt", System.Text.Encoding.UTF8.GetBytes(sample.Find<Captions>()!.Texts[0]));
            }
        for (var i = 0; i < Shards; i++)
            File.CreateSymbolicLink(Path.Combine(folder, $"train-{i:d5}.tar"), shard);
        Console.WriteLine(
            $"{Shards * InShard:N0} samples in {Shards:N0} shards of {new FileInfo(shard).Length:N0} bytes");
    }

    static void Add(System.Formats.Tar.TarWriter writer, string name, byte[] content) =>
        writer.WriteEntry(new System.Formats.Tar.UstarTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name)
        {
            DataStream = new MemoryStream(content),
        });

    static int Open(string folder)
    {
        var folders = Directory.GetDirectories(PluginLocations.Default).Order(StringComparer.Ordinal);
        var plugins = PluginLoader.Load([.. folders]);
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", Path.Combine(folder, "cache"));
        var before = Memory();
        var begun = Stopwatch.GetTimestamp();
        var loader = new ExperimentLoader(plugins.Registry, NullLogger<ExperimentLoader>.Instance);
        using var experiment = loader.Load(Repository.Experiments("bench", "vit-192-64.toml"),
            [$"data.train={Path.Combine(folder, "train-*.tar")}", $"data.batch={Batch}", "steps=1"]);
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
        var index = Directory.GetFiles(Path.Combine(folder, "cache"), "webdataset-*", SearchOption.AllDirectories)
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
