using System.Globalization;
using System.Text.RegularExpressions;
using Rils.Contract;
using Rils.ImageFiles;
using Rils.Imaging;
using Rils.Parquet;
using Rils.Tests.Golden;
using Rils.Tests.Mutated;
using Rils.Tests.Plugins.ImageFiles;
using Rils.WebDataset;

namespace Rils.Tests.Plugins.OddFiles;

/// <summary>Every odd or faulty sample goes through the files of every source. Each gives the same image, captions and
/// class, or the same fault, which names the sample.</summary>
public sealed partial class OddFilesTests : IDisposable
{
    static readonly Lazy<(IReadOnlyList<OddSample> Samples, Dictionary<OddSample, Told> InShards)> handed = new(() =>
    {
        var samples = HandedSamples.Read();
        return (samples, Read(SourceForm.All[0], samples));
    });

    readonly ImageTree tree = new();
    readonly RandomResizedCrop crop = new(new(), 32);

    public void Dispose() => tree.Dispose();

    public static TheoryData<string> Forms => [.. SourceForm.All.Select(form => form.Name)];

    public static TheoryData<string> OtherForms => [.. SourceForm.All.Skip(1).Select(form => form.Name)];

    static SourceForm FormOf(string name) => SourceForm.All.Single(form => form.Name == name);

    [Theory]
    [MemberData(nameof(Forms))]
    public void Captions_are_read_or_refused_alike(string name)
    {
        var form = FormOf(name);
        var right = MadeSamples.Captions.ToDictionary(made => made.Sample, made => made.Right);
        var told = Read(form, [.. right.Keys]);
        Assert.True(told.Count > right.Count * 2 / 3);
        foreach (var (sample, (image, captions, label)) in told)
        {
            Assert.Equal(Hash(sample.Image!), image);
            Assert.Equal((sample.Name, right[sample]), (sample.Name, captions));
            Assert.Equal(form.HasLabels ? sample.LabelText : null, label);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Images_are_read_or_refused_alike(string name)
    {
        var form = FormOf(name);
        var right = MadeSamples.Images.ToDictionary(made => made.Sample, made => made.Right);
        foreach (var (sample, (image, captions, label)) in Read(form, [.. right.Keys]))
        {
            if (sample.Image is null or [])
            {
                Assert.Equal((sample.Name, $"! {right[sample]}"), (sample.Name, image));
                continue;
            }
            Assert.Equal(Hash(sample.Image), image);
            Assert.Equal("a boat", captions);
            Assert.Equal(form.HasLabels ? sample.LabelText : null, label);
        }
    }

    /// <summary>An image is the same bytes in every form, so that it is decoded once here.</summary>
    [Fact]
    public void Images_decode_or_say_why_they_do_not()
    {
        foreach (var (sample, right) in MadeSamples.Images.Where(made => made.Sample.Image?.Length > 0))
        {
            var why = Record.Exception(() => crop.Evaluate(sample.Image, new byte[3 * 32 * 32]));
            if (right is null) Assert.Null(why);
            else Assert.Matches(right, $"{sample.Name}: {Assert.IsType<SampleException>(why).Message}");
        }
    }

    [Theory]
    [MemberData(nameof(OtherForms))]
    public void Samples_of_the_handed_cases_are_as_in_shards(string name)
    {
        var (samples, right) = handed.Value;
        Assert.True(samples.Count > 250, $"{samples.Count} samples");
        Assert.Equal(2, right.Values.Count(told => told.Captions == "! half of a surrogate pair"));
        var form = FormOf(name);
        var told = Read(form, samples);
        Assert.True(told.Count >= samples.Count - 40, $"{told.Count} of {samples.Count} samples");
        foreach (var (sample, found) in told)
            Assert.Equal((sample.Name, right[sample] with { Label = form.HasLabels ? sample.LabelText : null }),
                (sample.Name, found));
    }

    /// <summary>Classes beside a `0`: a number, `name` (the form has named classes), `none`, or `fault`.</summary>
    [Theory]
    [InlineData("7", "7", "7", "7")]
    [InlineData(" 3 ", "3", "3", "3")]
    [InlineData("", "fault", "none", "none")]
    [InlineData("cat", "fault", "name", "name")]
    [InlineData("\u00E0", "fault", "name", "name")] // its last byte is a blank in Latin-1
    [InlineData("0x1", "fault", "name", "name")]
    [InlineData("\u0663", "fault", "name", "name")]
    [InlineData("1,5", "fault", "name", "name")]
    [InlineData("1.5", "fault", "fault", "fault")]
    [InlineData("7.0", "fault", "fault", "fault")]
    [InlineData("1e3", "fault", "fault", "fault")]
    [InlineData("+1", "fault", "fault", "fault")]
    [InlineData("nan", "fault", "fault", "fault")]
    [InlineData("99999999999", "fault", "fault", "fault")]
    [InlineData("-1", "fault", "fault", "none")] // Hugging Face writes -1 into Parquet for an unknown class
    [InlineData("latin-1", "fault", "fault", "fault")]
    public void Classes_are_numbers_names_or_faults(string label, string inShards, string inTable, string inParquet)
    {
        byte[] written = label == "latin-1" ? [.. "in a caf"u8, 0xE9] : System.Text.Encoding.UTF8.GetBytes(label);
        OddSample[] samples = [new("a", [1], "0"u8.ToArray()), new("b", [2], written)];
        foreach (var (name, right) in ((string, string)[])
            [("shards", inShards), ("table", inTable), ("parquet with images", inParquet)])
        {
            using var place = new ImageTree();
            using var source = FormOf(name).Open(place, samples);
            Assert.Equal((name, right), (name, LabelOf(source, 1)));
            Assert.Equal((name, right == "name" ? "name" : "0"), (name, LabelOf(source, 0)));
            if (right == "name") Assert.Contains("is a name too", Assert.Single(source.Findings).Message);
            else Assert.Empty(source.Findings);
        }
    }

    static string LabelOf(ISource source, int number)
    {
        var sample = source.Read(number);
        if (sample.ClassFault is { } fault)
        {
            Assert.Matches("^its class .*(should be a number from 0|is not valid UTF-8)", fault);
            return "fault";
        }
        return sample.Class is not { } found ? "none" : source.ClassNames is not null ? "name" : $"{found}";
    }

    [Theory]
    [InlineData("pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "a Git LFS pointer")]
    [InlineData("page", "<!doctype html><html><body>sign in</body></html>", "an HTML page")]
    [InlineData("empty", "", "")]
    [InlineData("NUL", "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "")]
    public void Files_of_another_sort_are_told_so(string sort, string content, string told)
    {
        foreach (var (ending, open) in ((string, Func<SourceContext, ISource>)[])
            [(".tar", context => new WebDatasetSource(context)), (".csv", context => new TableSource(context)),
                (".json", context => new CocoSource(context)), (".parquet", context => new ParquetSource(context))])
        {
            var path = tree.Write($"{sort}{ending}", content);
            var refusal = Assert.Throws<InvalidDataException>(() => open(new([path], tree.Cache))).Message;
            Assert.Contains(path, refusal);
            Assert.Contains(told, refusal);
        }
    }

    /// <summary>A file that lost its end is refused with its path; a table that lost whole cells is one.</summary>
    [Theory]
    [MemberData(nameof(Forms))]
    public void A_file_that_lost_its_end_is_refused(string name)
    {
        if (FormOf(name).IsFolder) return; // a folder has no such file
        FormOf(name).Open(tree, [.. MadeSamples.Captions.Take(5).Select(made => made.Sample)]).Dispose();
        var path = Directory.GetFiles(tree[""], "odd.*").Single();
        var whole = File.ReadAllBytes(path);
        for (var length = 1; length < whole.Length - 1024; length += 131)
        {
            File.WriteAllBytes(path, whole[..length]);
            var refusal = Record.Exception(() => Reopened(path).Dispose());
            if (refusal is null) Assert.Equal("table", name);
            else Assert.Contains(path, Assert.IsType<InvalidDataException>(refusal).Message);
        }
    }

    /// <summary>A damaged file is refused with its path, or its samples are read or refused with their names.</summary>
    [Theory]
    [InlineData("table", 11)]
    [InlineData("coco", 12)]
    [InlineData("parquet with images", 13)]
    [InlineData("parquet with paths", 14)]
    public void A_damaged_file_is_read_or_refused(string name, int seed)
    {
        FormOf(name).Open(tree, [.. MadeSamples.Captions.Where(made => made.Right?.Length < 100)
            .Select(made => made.Sample).Where(sample => FormOf(name).Lacks(sample) is null)]).Dispose();
        var path = Directory.GetFiles(tree[""], "odd.*").Single();
        var (whole, random) = (File.ReadAllBytes(path), new Random(seed));
        var (opened, read) = (0, 0);
        for (var round = 0; round < 100; round++)
        {
            File.WriteAllBytes(path, Damage.Of(whole, random));
            try
            {
                using var source = Reopened(path);
                opened++;
                for (var number = 0; number < source.Count; number++)
                {
                    var refusal = Record.Exception(() => source.Read(number));
                    if (refusal is null) read++;
                    else Assert.StartsWith("sample ", Assert.IsType<SampleException>(refusal).Message);
                }
            }
            catch (InvalidDataException refusal)
            {
                Assert.Contains(path, refusal.Message);
            }
        }
        Assert.True(opened is > 0 and < 100 && read > 0, $"{opened} opened, {read} samples read");
    }

    ISource Reopened(string path) => Path.GetExtension(path) switch
    {
        ".tar" => new WebDatasetSource(new([path], tree.Cache)),
        ".csv" => new TableSource(new([path], tree.Cache)),
        ".json" => new CocoSource(new([path], tree.Cache), new() { Images = tree["images"] }),
        _ => new ParquetSource(new([path], tree.Cache)),
    };

    [SkippableFact]
    public void Names_that_are_not_UTF_8_are_counted()
    {
        var shard = Path.Combine(Repository.Root, "tests", "cases", "reports", "latin1-file-names", "train.tar");
        Directory.CreateDirectory(tree["photos"]);
        tree.Run("tar", "-xf", shard, "-C", "photos");
        try
        {
            using var shards = new WebDatasetSource(new([shard], tree.Cache));
            using var folder = new FolderSource(new([tree["photos"]], tree.Cache));
            Assert.Equal(shards.Count, folder.Count + 2);
            var finding = Assert.Single(folder.Findings, finding => finding.Lost > 0);
            Assert.Equal(2, finding.Lost);
            Assert.Contains("images whose names are not UTF-8 cannot be opened: 2", finding.Message);
        }
        finally
        {
            // .NET deletes no such file either.
            tree.Run("rm", "-r", "photos");
        }
    }

    readonly record struct Told(string Image, string? Captions, string? Label);

    /// <summary>Reads the samples that the form can express.</summary>
    static Dictionary<OddSample, Told> Read(SourceForm form, IReadOnlyList<OddSample> samples)
    {
        var held = form.InOrder(samples.Where(sample => form.Lacks(sample) is null));
        using var place = new ImageTree();
        using var source = form.Open(place, held);
        Assert.Equal(held.Count, source.Count);
        Assert.Empty(source.Findings);
        var told = new Dictionary<OddSample, Told>();
        foreach (var (number, sample) in held.Index())
        {
            told[sample] = Read(source, number, form.KeyOf(sample, number));
            var without = Record.Exception(() => source.ReadWithoutImage(number, source.Components.ToHashSet()));
            Assert.True(without is null or SampleException, $"{sample.Name}: {without}");
        }
        return told;
    }

    static Told Read(ISource source, int number, string key)
    {
        try
        {
            var sample = source.Read(number);
            Assert.Equal(key, sample.Key);
            Assert.Null(sample.ClassFault);
            return new(Hash(sample.Image.ToArray()),
                sample.CaptionFault is { } fault ? $"! {Fault().Match(fault).Value}"
                : sample.Find<Captions>() is { } captions ? string.Join('|', captions.Texts) : null,
                sample.Class is not { } label ? null : source.ClassNames is { } names ? names[label]
                : label.ToString(CultureInfo.InvariantCulture));
        }
        catch (SampleException refusal)
        {
            // A row that names no image has a number alone.
            Assert.Matches($"^sample (`{Regex.Escape(key)}`|number {number} of )", refusal.Message);
            var fault = None().IsMatch(refusal.Message) ? "no image" : Fault().Match(refusal.Message).Value;
            return new($"! {fault}", null, null);
        }
    }

    static string Hash(byte[] bytes) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(bytes));

    [GeneratedRegex("not valid UTF-8: byte 0x[0-9A-F]{2} at offset \\d+|no text: character \\d+ is NUL"
        + "|half of a surrogate pair|\\b0 bytes")]
    private static partial Regex Fault();

    [GeneratedRegex("has no image|does not exist|the path of its image is blank|has no path of an image")]
    private static partial Regex None();
}
