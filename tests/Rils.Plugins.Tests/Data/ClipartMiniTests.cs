using System.Text;
using System.Text.Json;
using NetVips;
using Rils.Contract;
using Rils.Bpe;
using Rils.Imaging;
using Rils.Tests.Golden;
using Rils.WebDataset;

namespace Rils.Tests.Plugins.Data;

/// <summary>The shards in experiments/data/clipart-mini hold what the README beside them promises.</summary>
public sealed class ClipartMiniTests : IDisposable
{
    static readonly string folder = Path.Combine(Repository.Root, "experiments", "data", "clipart-mini");

    readonly TemporaryFolder cache = new();
    readonly Sample[] train, validation;

    public ClipartMiniTests() => (train, validation) = (Read("train-*.tar"), Read("val-*.tar"));

    public void Dispose() => cache.Dispose();

    Sample[] Read(string pattern)
    {
        using var source = new WebDatasetSource(new([Path.Combine(folder, pattern)], cache.Path));
        return [.. Enumerable.Range(0, source.Count).Select(i => source.Read(i))];
    }

    static string[] ClassNames()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "classes.json")));
        return [.. document.RootElement.EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];
    }

    [Fact]
    public void It_has_the_samples_that_its_table_says()
    {
        Assert.Equal((2012, 450), (train.Length, validation.Length));
        var readme = File.ReadAllLines(Path.Combine(folder, "README.md"));
        var names = ClassNames();
        for (var number = 0; number < names.Length; number++)
        {
            var row = readme.Single(line => line.StartsWith($"| {names[number]} |", StringComparison.Ordinal))
                .Split('|', StringSplitOptions.TrimEntries);
            var counts = ((Sample[][])[train, validation])
                .Select(split => $"{split.Count(sample => sample.Class == number)}");
            Assert.Equal(row[3..5].AsEnumerable(), counts);
        }
    }

    [Fact]
    public void It_is_small() =>
        Assert.InRange(Directory.EnumerateFiles(folder).Sum(file => new FileInfo(file).Length), 1, 12_000_000);

    [Fact]
    public void Every_class_is_in_both_splits_and_none_rules_validation()
    {
        var names = ClassNames();
        Assert.InRange(names.Length, 10, 15);
        Assert.Equal(names.Length, names.Distinct().Count());
        var classed = validation.Where(sample => sample.Class is not null)
            .CountBy(sample => sample.Class!.Value).ToDictionary();
        Assert.Equal(Enumerable.Range(0, names.Length), classed.Keys.Order());
        Assert.All(classed.Values, count => Assert.True(count <= 0.15 * classed.Values.Sum()));
        Assert.Equal(Enumerable.Range(0, names.Length),
            train.Select(sample => sample.Class).OfType<int>().Distinct().Order());
    }

    [Fact]
    public void Captions_of_a_split_are_all_different()
    {
        foreach (var split in (Sample[][])[train, validation])
        {
            Assert.DoesNotContain(split, sample => string.IsNullOrWhiteSpace(sample.Caption));
            Assert.Equal(split.Length, split.Select(sample => sample.Caption!.ToLowerInvariant()).Distinct().Count());
        }
        Assert.Empty(train.Select(sample => sample.Key.Split('/', 2)[1])
            .Intersect(validation.Select(sample => sample.Key.Split('/', 2)[1])));
    }

    [Fact]
    public void Every_image_is_decoded_and_shows_something()
    {
        var augmentation = new RandomResizedCrop(new(), 64);
        var pixels = new byte[3 * 64 * 64];
        foreach (var sample in train.Concat(validation))
        {
            using (var image = Image.NewFromBuffer(sample.Image.ToArray()))
                Assert.Equal((64, 64, 3), (image.Width, image.Height, image.Bands));
            augmentation.Evaluate(sample.Image, pixels);
            Assert.True(pixels.Max() - pixels.Min() > 20, $"{sample.Key} is all but of one colour");
        }
    }

    [Fact]
    public void Every_caption_is_encoded_and_comes_back()
    {
        var vocabulary = Vocabulary.Read(Path.Combine(folder, "bpe-2048.txt"));
        Assert.Equal(2048, vocabulary.Size);
        var tokenizer = new BpeTokenizer(vocabulary);
        var symbols = vocabulary.Ids.ToDictionary(entry => entry.Value, entry => entry.Key);
        foreach (var sample in train.Concat(validation))
        {
            var ids = tokenizer.Encode(sample.Caption!, 128);
            Assert.Equal((2046, 2047), (ids[0], ids[^1]));
            var letters = string.Concat(ids[1..^1].Select(id => symbols[id])).Replace("</w>", "");
            var bytes = letters.Select(letter => (byte)ByteOf(letter)).ToArray();
            Assert.Equal(CaptionText.Clean(sample.Caption!).Replace(" ", ""), Encoding.UTF8.GetString(bytes));
        }
    }

    [Fact]
    public void The_vocabulary_is_the_one_that_the_training_captions_teach()
    {
        var learned = BpeTrainer.Learn(train.Select(sample => sample.Caption!), 2048);
        Assert.Equal(learned.Merges, Vocabulary.Read(Path.Combine(folder, "bpe-2048.txt")).Merges);
    }

    static int ByteOf(char letter) =>
        Enumerable.Range(0, 256).Single(value => Bpe.NaiveBpe.Letter((byte)value) == letter);
}
