using Rils.Contract;
using CsCheck;
using Rils.Sources;

namespace Rils.Tests.Plugins.Sources;

public sealed class SampleIndexTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Makes parts of what the test gives, by the files' names.</summary>
    sealed class Given(
        IReadOnlyDictionary<string, (byte[] Records, byte[] Heap, (byte Kind, string Name)[] Notes)> parts)
        : IPartScanner
    {
        public static Given Of(byte[] records) =>
            new(new Dictionary<string, (byte[], byte[], (byte, string)[])> { ["0"] = (records, [], []) });

        public string Form => "given 1";

        public int RecordSize => 3;

        public List<string> Scanned { get; } = [];

        public PartScan Scan(string path)
        {
            lock (Scanned) Scanned.Add(Path.GetFileName(path));
            var (records, heap, notes) = parts[Path.GetFileName(path)];
            var scan = new PartScan(FileState.Of(path))
            {
                Content = FileContent.Hash(path), IsWhole = true, Usable = records.Length / 6,
            };
            foreach (var record in records.Chunk(RecordSize)) scan.Add(record);
            foreach (var half in heap.Chunk(7)) scan.AddHeap(half);
            foreach (var (kind, name) in notes) scan.Note(kind, name);
            return scan;
        }
    }

    [Fact]
    public void Any_index_is_read_as_it_was_written()
    {
        var note = Gen.Select(Gen.Byte[0, 3], Gen.String);
        Gen.Select(Gen.Int[0, 20].SelectMany(count => Gen.Byte.Array[3 * count]), Gen.Byte.Array[0, 100],
            note.Array[0, 6]).Array[1, 6].Sample(parts =>
        {
            using var place = new TemporaryFolder();
            NamedFile[] files = [.. parts.Select((_, i) => new NamedFile($"part {i}", place.File($"{i}")))];
            foreach (var file in files) File.WriteAllText(file.Path, file.Name);
            var scanner = new Given(parts.Index().ToDictionary(part => $"{part.Index}", part => part.Item));
            foreach (var scanned in (int[])[parts.Length, 0])
            {
                using var index = SampleIndex.Open(place.File("cache"), files, scanner);
                Assert.Equal(scanned, index.Scanned);
                Check(index, parts);
            }
        }, iter: 60);
    }

    static void Check(SampleIndex index, (byte[] Records, byte[] Heap, (byte Kind, string Name)[] Notes)[] parts)
    {
        Assert.Equal(parts.Sum(part => part.Records.Length / 3), index.Count);
        var number = 0;
        foreach (var ((records, heap, notes), part) in parts.Zip(index.Parts))
        {
            Assert.Equal((records.Length / 3, records.Length / 6), (part.Count, part.Usable));
            Assert.Equal(notes.GroupBy(one => one.Kind).OrderBy(same => same.Key)
                .Select(same => new Oddity(same.Key, same.Count(), same.First().Name)), part.Oddities);
            for (var sample = 0; sample < part.Count; sample++)
            {
                var record = new byte[3];
                part.Read(sample, record);
                Assert.Equal(records[(3 * sample)..(3 * sample + 3)], record);
                var (found, place) = index.Find(number++);
                Assert.Equal((part, sample), (index.Parts[found], place));
            }
            var heaped = new byte[heap.Length];
            part.ReadHeap(0, heaped);
            Assert.Equal(heap, heaped);
        }
    }

    [Fact]
    public void A_file_that_is_gone_and_one_more_leave_the_others_indexed()
    {
        byte[] Records(int count) => [.. Enumerable.Range(0, 3 * count).Select(i => (byte)i)];
        var scanner = new Given(Enumerable.Range(0, 5).ToDictionary(i => $"{i}",
            i => (Records(i), new byte[] { (byte)i }, Array.Empty<(byte, string)>())));
        NamedFile[] all = [.. Enumerable.Range(0, 5).Select(i => new NamedFile($"{i}", folder.File($"{i}")))];
        foreach (var file in all) File.WriteAllText(file.Path, file.Name);
        SampleIndex.Open(folder.File("cache"), all, scanner).Dispose();
        scanner.Scanned.Clear();
        File.WriteAllText(all[3].Path, "another");
        using var index = SampleIndex.Open(folder.File("cache"), all, scanner);
        Assert.Equal(["3"], scanner.Scanned);
        Assert.Equal([0, 1, 2, 3, 4], index.Parts.Select(part => part.Count));
        var heaped = new byte[1];
        index.Parts[4].ReadHeap(0, heaped);
        Assert.Equal(4, heaped[0]);
    }

    /// <summary>More than is kept in memory while a file is scanned.</summary>
    [Fact]
    public void Many_records_go_through_a_temporary_file()
    {
        var records = new byte[3 * (8 << 20)];
        new Random(3).NextBytes(records);
        File.WriteAllText(folder.File("0"), "0");
        using var index = SampleIndex.Open(folder.File("cache"), [new("0", folder.File("0"))],
            new Given(new Dictionary<string, (byte[], byte[], (byte, string)[])> { ["0"] = (records, records, []) }));
        var read = new byte[3];
        for (var sample = 0; sample < index.Count; sample += 9973)
        {
            index.Parts[0].Read(sample, read);
            Assert.Equal(records[(3 * sample)..(3 * sample + 3)], read);
        }
        var heaped = new byte[records.Length];
        index.Parts[0].ReadHeap(0, heaped);
        Assert.Equal(records, heaped);
    }

    /// <summary>A small index is made again wherever it is damaged, and a large one where the start reads it: here the
    /// end, behind the blocks. Elsewhere the read says so.</summary>
    [Theory]
    [InlineData(1_000, 0.5, 1)]
    [InlineData(1_000, 1, 1)]
    [InlineData(9_000_000, 1, 1)]
    [InlineData(9_000_000, 0.5, 0)]
    public void A_damaged_index_is_found(int count, double at, int scans)
    {
        var records = new byte[3 * count];
        new Random(5).NextBytes(records);
        File.WriteAllText(folder.File("0"), "0");
        var scanner = Given.Of(records);
        NamedFile[] files = [new("0", folder.File("0"))];
        SampleIndex.Open(folder.File("cache"), files, scanner).Dispose();
        scanner.Scanned.Clear();
        var path = Assert.Single(Directory.GetFiles(folder.File("cache")));
        var place = (long)(at * (new FileInfo(path).Length - 1));
        using (var file = File.Open(path, FileMode.Open))
        {
            file.Position = place;
            var was = file.ReadByte();
            file.Position = place;
            file.WriteByte((byte)~was);
        }
        using var index = SampleIndex.Open(folder.File("cache"), files, scanner);
        Assert.Equal(scans, scanner.Scanned.Count);
        var read = new byte[3];
        index.Parts[0].Read(0, read);
        Assert.Equal(records[..3], read);
        if (scans > 0)
        {
            var sample = (int)(place / 3) % count;
            index.Parts[0].Read(sample, read);
            Assert.Equal(records[(3 * sample)..(3 * sample + 3)], read);
        }
        else
            Assert.Contains($"the index {path} is damaged between its bytes ", Assert.Throws<SourceException>(() =>
                index.Parts[0].Read((int)(place / 3), read)).Message);
    }

    /// <summary>Reads the first and the last sample of a part, as sources look at some when they open.</summary>
    sealed class Looking(IPartScanner scanner) : IPartScanner
    {
        public string Form => scanner.Form;

        public int RecordSize => scanner.RecordSize;

        public PartScan Scan(string path) => scanner.Scan(path);

        public IReadOnlySet<string> Changed(IReadOnlyList<IndexedPart> kept)
        {
            kept.AsParallel().ForAll(part =>
            {
                part.Read(0, new byte[RecordSize]);
                part.Read(part.Count - 1, new byte[RecordSize]);
            });
            return new HashSet<string>();
        }
    }

    [Fact]
    public void Damage_that_the_start_meets_makes_the_index_again()
    {
        var records = new byte[3 * (8 << 20)];
        File.WriteAllText(folder.File("0"), "0");
        var scanner = Given.Of(records);
        NamedFile[] files = [new("0", folder.File("0"))];
        SampleIndex.Open(folder.File("cache"), files, scanner).Dispose();
        using (var file = File.OpenWrite(Assert.Single(Directory.GetFiles(folder.File("cache"))))) file.WriteByte(1);
        using var index = SampleIndex.Open(folder.File("cache"), files, new Looking(scanner));
        Assert.Equal(["0", "0"], scanner.Scanned);
        var read = new byte[3];
        index.Parts[0].Read(0, read);
        Assert.Equal(new byte[3], read);
    }
}
