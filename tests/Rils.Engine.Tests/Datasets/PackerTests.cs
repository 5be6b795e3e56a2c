using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Rils.Contract;
using Rils.Engine.Datasets;
using Rils.Engine.Datasets.Packing;
using Rils.Tests.Plugins;
using Rils.WebDataset;

namespace Rils.Tests.Engine.Datasets;

/// <summary>Shards hold the samples of the source, and have the same bytes however often the work was
/// interrupted.</summary>
public sealed class PackerTests : IDisposable
{
    const int Samples = 120;

    static readonly PackPlan plan = new(Size: 40_000, Val: 0.2);

    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Interruptions_after_any_sample_change_no_byte()
    {
        Pack("whole", plan, ListedSource.Of(Samples));
        var whole = Files("whole");
        Assert.True(whole.Keys.Count(name => name.EndsWith(".tar", StringComparison.Ordinal)) > 4);
        for (var stop = 1; stop < Samples; stop += 7)
        {
            var name = $"stopped-{stop}";
            for (var at = stop; !IsWhole(() => Pack(name, plan, ListedSource.Of(Samples), stopAt: at)); at += stop)
                Assert.True(at <= Samples);
            Assert.Equal(whole, Files(name));
        }
    }

    [Fact]
    public void Packing_again_reads_nothing_and_gives_the_same_counts()
    {
        var first = Pack("twice", plan, ListedSource.Of(Samples));
        var again = Pack("twice", plan, ListedSource.Of(Samples), stopAt: 0);
        Assert.Equal(first with { Bad = [], Warnings = [] }, again with { Bad = [], Warnings = [] });
        Assert.Equal(Samples, first.Train + first.Val);
    }

    [Fact]
    public void A_shard_is_no_larger_than_asked_unless_a_single_sample_is()
    {
        var result = Pack("sizes", new(12_000, 0), ListedSource.Of(Samples));
        long[] sizes = [.. Directory.GetFiles(folder.File("sizes"), "*.tar").Select(file => new FileInfo(file).Length)];
        Assert.All(sizes, size => Assert.InRange(size, 1_024, 12_000));
        Assert.Equal(sizes.Length, result.TrainShards);
        Assert.Equal(3, Pack("single", new(1, 0), ListedSource.Of(3)).TrainShards);
    }

    [Fact]
    public void Other_programs_read_the_shards()
    {
        string[] extensions = ["jpg", "png", "webp"];
        var samples = ListedSource.Of(Samples);
        Pack("read", new(60_000, 0), samples);
        var shards = Directory.GetFiles(folder.File("read"), "*.tar").Order(StringComparer.Ordinal).ToArray();
        var python = JsonSerializer.Deserialize<List<List<string>>>(Run("python3", ["-c", """
            import sys, tarfile, json, base64
            print(json.dumps([[m.name, base64.b64encode(t.extractfile(m).read()).decode(), str(m.mtime), oct(m.mode)]
                for path in sys.argv[1:] for t in [tarfile.open(path)] for m in t]))
            """, .. shards]))!;
        var gnu = shards.SelectMany(shard =>
            Run("tar", ["-tf", shard]).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(python.Select(member => member[0]), gnu);
        Assert.All(python, member => Assert.Equal(("0", "0o644"), (member[2], member[3])));
        var contents = python.ToDictionary(member => member[0], member => Convert.FromBase64String(member[1]));
        foreach (var (index, sample) in samples.Index())
        {
            var name = $"{index:D9}";
            string[] own = [.. contents.Keys.Where(key => key.StartsWith($"{name}.", StringComparison.Ordinal))];
            Assert.Equal(sample.Image.ToArray(), contents[$"{name}.{extensions[index % 3]}"]);
            Assert.Equal(sample.Find<Label>() is not null, own.Contains($"{name}.cls"));
            using var json = JsonDocument.Parse(contents[$"{name}.json"]);
            Assert.Equal(sample.Key, json.RootElement.GetProperty("key").GetString());
        }
    }

    [Fact]
    public void The_shards_give_the_samples_of_the_source()
    {
        var samples = ListedSource.Of(Samples);
        Pack("back", new(60_000, 0), samples);
        using var packed = new WebDatasetSource(new([folder.File("back/train-*.tar")], folder.File("cache")));
        Assert.Equal(Samples, packed.Count);
        var wanted = packed.Components.ToHashSet();
        foreach (var (index, sample) in samples.Index())
        {
            var read = packed.Read(index, wanted);
            Assert.Equal(sample.Image.ToArray(), read.Image.ToArray());
            Assert.Equal(sample.Find<Label>(), read.Find<Label>());
            Assert.Equal(
                sample.Find<Captions>()?.Texts.Select(text => text.Trim()).Where(text => text.Length > 0) ?? [],
                read.Find<Captions>()?.Texts ?? []);
            Assert.Null(read.FaultOf(typeof(Captions)));
        }
    }

    [Theory]
    [InlineData("things/0")]
    [InlineData("über")]
    public void A_sample_is_of_the_validation_data_by_the_hash_of_its_key(string key)
    {
        var share = double.Parse(Run("python3", ["-c",
            "import sys, hashlib\nhash = hashlib.sha256(sys.argv[1].encode()).digest()\n"
            + "print(int.from_bytes(hash[:8], 'big') / 2**64)", key]),
            System.Globalization.CultureInfo.InvariantCulture);
        var sample = new PackedSample(key, [], false, false, 0, false);
        Assert.False(sample.IsIn(share * 0.999999));
        Assert.True(sample.IsIn(share * 1.000001));
        Assert.False(sample.IsIn(0));
    }

    [Fact]
    public void Further_samples_move_none_and_the_share_is_about_the_given_one()
    {
        var few = Keys("few", Pack("few", new(1_000_000, 0.2), ListedSource.Of(500)));
        var many = Keys("many", Pack("many", new(1_000_000, 0.2), ListedSource.Of(1_000)));
        Assert.Subset(many.Val, few.Val);
        Assert.Subset(many.Train, few.Train);
        Assert.InRange(many.Val.Count, 150, 250);
        Assert.Equal(1_000, many.Val.Count + many.Train.Count);
    }

    [Fact]
    public void Bad_samples_are_left_out_and_listed()
    {
        List<Sample> samples = [.. ListedSource.Of(300)];
        samples[7] = new("cartoon", "GIF89a"u8.ToArray());
        samples[130] = new("lost", default);
        samples[299] = new("pointer", "version https://git-lfs.github.com/spec/v1\n"u8.ToArray());
        var result = Pack("bad", new(20_000, 0.1), samples);
        Assert.Equal((297, 3), (result.Train + result.Val, result.Bad.Count));
        var lines = File.ReadAllLines(folder.File("bad/bad-samples.jsonl"));
        Assert.Equal(3, lines.Length);
        Assert.Contains("sample `cartoon`: its image is a GIF, and shards hold JPEG, PNG and WebP", lines[0]);
        Assert.Contains("sample `lost` has no image", lines[1]);
        Assert.Contains("a Git LFS pointer", lines[2]);
        Assert.Equal(result.Bad, Pack("bad", new(20_000, 0.1), samples).Bad);
    }

    [Fact]
    public void More_than_one_percent_of_bad_samples_stop_the_work()
    {
        List<Sample> samples = [.. ListedSource.Of(100)];
        samples[7] = samples[8] = new("cartoon", "GIF89a"u8.ToArray());
        Assert.StartsWith("2 of the 100 samples cannot be packed, more than 1%: ",
            Assert.Throws<InvalidDataException>(() => Pack("many", plan, samples)).Message);
    }

    [Fact]
    public void Components_that_a_shard_cannot_hold_are_told()
    {
        var source = new ListedSource(ListedSource.Of(5))
        {
            Components = [typeof(Captions), typeof(Boxes), typeof(Masks)], ClassNames = ["guinea_pig", "fox"],
        };
        var result = Pack("boxes", plan, source);
        Assert.Equal(["a shard holds no list of boxes, no list of masks: left out"], result.Warnings);
        Assert.Equal(2, result.Classes);
        using var classes = JsonDocument.Parse(File.ReadAllText(folder.File("boxes/classes.json")));
        Assert.Equal("guinea pig", classes.RootElement[0].GetProperty("phrase").GetString());
    }

    [Fact]
    public void A_folder_of_something_else_is_refused()
    {
        Pack("taken", plan, ListedSource.Of(20));
        Assert.Contains("--size was 40000 and is 50000", Refusal("taken", new(50_000, 0.2), 20));
        Assert.Contains("--val was 0.2 and is 0.3", Refusal("taken", new(40_000, 0.3), 20));
        Assert.Contains("the data was 20 samples", Refusal("taken", plan, 21));
        File.Delete(folder.File("taken/train-00000.tar"));
        Assert.Contains("train-00000.tar is gone since it was packed", Refusal("taken", plan, 20));
        Directory.CreateDirectory(folder.File("others"));
        File.WriteAllText(folder.File("others/thesis.txt"), "");
        Assert.Contains("holds other files (thesis.txt)", Refusal("others", plan, 20));
        Assert.Contains("is a file: name a folder", Refusal("others/thesis.txt", plan, 20));
        Assert.Contains("cannot be made", Refusal("others/thesis.txt/below", plan, 20));
    }

    [Fact]
    public void A_folder_is_packed_by_one_process_at_a_time()
    {
        using var data = Opened(new ListedSource(ListedSource.Of(20)));
        using var held = PackFolder.Open(folder.File("held"), data, plan);
        Assert.Contains("is in use by another process", Refusal("held", plan, 20));
    }

    string Refusal(string name, PackPlan other, int samples) =>
        Assert.ThrowsAny<IOException>(() => Pack(name, other, ListedSource.Of(samples))).Message;

    (HashSet<string> Train, HashSet<string> Val) Keys(string name, PackResult result)
    {
        Assert.Empty(result.Bad);
        return (Keys(name, "train"), Keys(name, "val"));
    }

    HashSet<string> Keys(string name, string side)
    {
        HashSet<string> keys = [];
        foreach (var shard in Directory.GetFiles(folder.File(name), $"{side}-*.tar"))
        {
            using var tar = new System.Formats.Tar.TarReader(File.OpenRead(shard));
            while (tar.GetNextEntry() is { } entry)
                if (entry.Name.EndsWith(".json", StringComparison.Ordinal))
                    keys.Add(JsonDocument.Parse(entry.DataStream!).RootElement.GetProperty("key").GetString()!);
        }
        return keys;
    }

    PackResult Pack(string name, PackPlan plan, IReadOnlyList<Sample> samples, int? stopAt = null) =>
        Pack(name, plan, new ListedSource(samples), stopAt);

    /// <summary>Packs, and stops after a number of samples, as a signal does.</summary>
    PackResult Pack(string name, PackPlan plan, ListedSource source, int? stopAt = null)
    {
        using var data = Opened(source);
        using var target = PackFolder.Open(folder.File(name), data, plan);
        return new Packer(data, target, plan, progress =>
        {
            if (progress.Done == stopAt) throw new OperationCanceledException();
        }).Pack(CancellationToken.None);
    }

    static bool IsWhole(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    static OpenedData Opened(ISource source) => new(source, "listed", [], ["/listed"]);

    /// <summary>The files of a folder that are not of a shard in part, with their bytes.</summary>
    SortedDictionary<string, string> Files(string name) => new(Directory.GetFiles(folder.File(name))
        .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(File.ReadAllBytes(file))));

    static string Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true, StandardOutputEncoding = Encoding.UTF8,
        })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
