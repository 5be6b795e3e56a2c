using CsCheck;
using Rils.Sources;

namespace Rils.Tests.Plugins.Sources;

public sealed class SampleIndexTests : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    /// <summary>Makes parts of what the test gives, by the files' names.</summary>
    sealed class Given(IReadOnlyDictionary<string, (byte[] Records, byte[] Heap, Oddity[] Oddities)> parts)
        : IPartScanner
    {
        public string Form => "given 1";

        public int RecordSize => 3;

        public List<string> Scanned { get; } = [];

        public PartScan Scan(string path)
        {
            lock (Scanned) Scanned.Add(Path.GetFileName(path));
            var (records, heap, oddities) = parts[Path.GetFileName(path)];
            return new(FileState.Of(path), FileContent.Hash(path), records)
            {
                Heap = heap, Oddities = oddities, Usable = records.Length / 6,
            };
        }
    }

    [Fact]
    public void Any_index_is_read_as_it_was_written()
    {
        var oddity = Gen.Select(Gen.Byte, Gen.Int[1, int.MaxValue], Gen.String,
            (kind, count, example) => new Oddity(kind, count, example));
        Gen.Select(Gen.Int[0, 20].SelectMany(count => Gen.Byte.Array[3 * count]), Gen.Byte.Array[0, 100],
            oddity.Array[0, 3]).Array[1, 6].Sample(parts =>
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

    static void Check(SampleIndex index, (byte[] Records, byte[] Heap, Oddity[] Oddities)[] parts)
    {
        Assert.Equal(parts.Sum(part => part.Records.Length / 3), index.Count);
        var number = 0;
        foreach (var ((records, heap, oddities), part) in parts.Zip(index.Parts))
        {
            Assert.Equal((records.Length / 3, records.Length / 6), (part.Count, part.Usable));
            Assert.Equal(oddities.AsEnumerable(), part.Oddities);
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
            i => (Records(i), new byte[] { (byte)i }, Array.Empty<Oddity>())));
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
}
