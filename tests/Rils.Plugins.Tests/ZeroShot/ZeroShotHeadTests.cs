using Rils.Contract;
using Rils.TestKit.Memory;
using Rils.Tests.Plugins.Fakes;
using Rils.ZeroShot;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.ZeroShot;

public sealed class ZeroShotHeadTests : IDisposable
{
    static readonly string[] Phrases = ["cat", "dog", "tree", "car", "house", "sun", "moon"];
    readonly string file = Path.GetTempFileName();

    public ZeroShotHeadTests() => Write("""["cat", "dog", "tree", "car", "house", "sun", "moon"]""");

    public void Dispose() => File.Delete(file);

    [Fact]
    public void Metrics_are_those_of_plain_counting()
    {
        var texts = Phrases.SelectMany(phrase => (string[])[phrase, $"a {phrase}"])
            .ToDictionary(text => text, FakeArm.Feature);
        // Every second sample lies near its class. The sixth class never occurs, and every fifth sample has no class.
        var samples = Enumerable.Range(0, 60).Select(i =>
        {
            var own = i * i % 6;
            float[] feature = [.. FakeArm.Feature($"image {i}").Zip(texts[Phrases[own]],
                (noise, near) => noise + (i % 2) * 2 * near)];
            return (feature, (string?)null, i % 5 == 4 ? (int?)null : own);
        }).ToArray();
        var result = FakeArm.Result(Head("{}", "a {}"), FakeArm.Model(texts), samples);
        var metrics = FakeArm.Numbers(result);

        var classes = Phrases.Select(phrase => Unit(Sum(Unit(texts[phrase]), Unit(texts[$"a {phrase}"])))).ToArray();
        var ranks = samples.Where(sample => sample.Item3 is not null).Select(sample =>
        {
            var cosines = classes.Select(vector => Dot(Unit(sample.feature), vector)).ToArray();
            return (Class: sample.Item3!.Value, Rank: cosines.Count(cosine => cosine > cosines[sample.Item3.Value]));
        }).ToArray();
        Assert.Equal(48, metrics["samples"]);
        var each = Assert.Single(result.Samples);
        Assert.Equal(ranks.Average(r => r.Rank == 0 ? 1.0 : 0), metrics["top1"], 1e-12);
        Assert.Equal(ranks.Average(r => r.Rank < 5 ? 1.0 : 0), metrics["top5"], 1e-12);
        Assert.Equal(ranks.GroupBy(r => r.Class).Average(g => g.Average(r => r.Rank == 0 ? 1.0 : 0)),
            metrics["mean_per_class"], 1e-12);
        Assert.Equal(ranks.CountBy(r => r.Class).Max(c => c.Value) / 48.0, metrics["majority"], 1e-12);
        Assert.Equal((1.0 / 7, 5.0 / 7), (metrics["top1 by chance"], metrics["top5 by chance"]));
        Assert.All((string[])["majority", "samples"],
            name => Assert.Equal(MetricReading.Reference, result.Metrics[name].Reading));
        Assert.Equal(Resampling.Of(each.Keys, times => ranks.Zip(times)
            .SelectMany(rank => Enumerable.Repeat(rank.First, rank.Second)).GroupBy(rank => rank.Class)
            .Average(own => own.Average(rank => rank.Rank == 0 ? 1.0 : 0))), each.Replicates["mean_per_class"],
            (own, other) => Math.Abs(own - other) < 1e-12);
        Assert.InRange(metrics["top1"], 0.3, 0.9);
        Assert.Equal(Enumerable.Range(0, 60).Where(i => i % 5 != 4).Select(i => $"sample-{i}"), each.Keys);
        Assert.Equal(ranks.Select(r => r.Rank == 0 ? 1.0 : 0), each.Metrics["top1"]);
        Assert.Equal(ranks.Select(r => r.Rank < 5 ? 1.0 : 0), each.Metrics["top5"]);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(float.NaN)]
    public void A_constant_embedding_scores_nothing(float value)
    {
        var constant = Enumerable.Repeat(value, PixelBackbone.Width).ToArray();
        var model = FakeArm.Model(Phrases.ToDictionary(phrase => phrase, _ => constant));
        var metrics = FakeArm.Evaluate(Head("{}"), model,
            [.. Enumerable.Range(0, 21).Select(i => (constant, (string?)null, (int?)(i % 7)))]);
        Assert.Equal(0, metrics["top1"]);
        Assert.Equal(0, metrics["top5"]);
    }

    [Fact]
    public void A_class_that_the_list_lacks_names_the_sample()
    {
        var error = Assert.Throws<InvalidDataException>(() =>
            FakeArm.Evaluate(Head("{}"), Model(), [(FakeArm.Axis(0), null, 1), (FakeArm.Axis(0), null, 7)]));
        Assert.Contains("sample 'sample-1' has class 7", error.Message);
        Assert.Contains("7 (0 to 6)", error.Message);
    }

    [Fact]
    public void Data_without_classes_is_refused_by_name()
    {
        var error = Assert.Throws<InvalidOperationException>(() =>
            FakeArm.Evaluate(Head("{}"), Model(), [(FakeArm.Axis(0), null, null)]));
        Assert.Contains("head 'zero' of arm 'clip'", error.Message);
    }

    [Fact]
    public void An_evaluation_leaves_no_tensor_behind_and_can_be_repeated()
    {
        var (head, model) = (Head("{}"), Model());
        var samples = Enumerable.Range(0, 20)
            .Select(i => (FakeArm.Axis(i % 7), (string?)null, (int?)(i % 7))).ToArray();
        var before = LiveTensors.Settled();
        for (var again = 0; again < 2; again++) Assert.Equal(1, FakeArm.Evaluate(head, model, samples)["top1"]);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Many_classes_are_embedded_in_parts()
    {
        string[] phrases = [.. Enumerable.Range(0, 300).Select(i => $"class {i}")];
        var texts = phrases.SelectMany(phrase => (string[])[phrase, $"a {phrase}"])
            .ToDictionary(text => text, FakeArm.Feature);
        using var scope = NewDisposeScope();
        var embeddings = ClassEmbeddings.Make(FakeArm.Model(texts),
            [.. phrases.Select(phrase => (string[])[phrase])], ["{}", "a {}"]);
        Assert.Equal([300, PixelBackbone.Width], embeddings.shape);
        var expected = Unit(Sum(Unit(texts["class 222"]), Unit(texts["a class 222"])));
        foreach (var (e, a) in expected.Zip(embeddings[222].data<float>())) Assert.Equal(e, a, 1e-6);
    }

    [Fact]
    public void Classes_may_have_names_beside_their_phrases()
    {
        Write("""[{ "name": "animals/cats", "phrase": "a cat" }, "a dog"]""");
        Assert.Equal([("a cat", "animals/cats"), ("a dog", null)],
            ClassPhrases.Read(file).Select(entry => (Assert.Single(entry.Phrases), entry.Name)));
    }

    [Theory]
    [InlineData("""["cat", {"name": "dog"}]""", "class 1 is neither")]
    [InlineData("""["cat", ""]""", "class 1 is neither")]
    [InlineData("""["cat"]""", "at least two")]
    [InlineData("""["cat", []]""", "class 1 is neither")]
    [InlineData("""["cat", ["dog", 3]]""", "class 1 is neither")]
    [InlineData("""{"a": "cat"}""", "is no list of classes, but a JSON object")]
    [InlineData("7", "is no list of classes, but a single value")]
    [InlineData("""["cat", """, "LineNumber: 0")]
    public void A_file_that_is_no_list_of_classes_is_refused_by_name(string json, string says)
    {
        Write(json);
        var message = Assert.Throws<InvalidDataException>(() => Head("{}")).Message;
        Assert.Contains(file, message);
        Assert.Contains(says, message);
    }

    [Fact]
    public void A_template_without_a_place_for_the_phrase_is_refused() =>
        Assert.Contains("\"a cat\" has no {}", Assert.Throws<ArgumentException>(() => Head("{}", "a cat")).Message);

    ZeroShotHead Head(params string[] templates) =>
        new(new() { Classes = file, Templates = templates }, new("zero", "clip"));

    static ArmModel Model() => FakeArm.Model(Phrases.Select((phrase, i) => (phrase, i))
        .ToDictionary(entry => entry.phrase, entry => FakeArm.Axis(entry.i)));

    static string Write(TemporaryFolder folder, string name, string json)
    {
        File.WriteAllText(folder.File(name), json);
        return folder.File(name);
    }

    void Write(string json) => File.WriteAllText(file, json);

    static double[] Unit(IEnumerable<float> vector) => Unit(vector.Select(value => (double)value).ToArray());

    static double[] Unit(double[] vector) => [.. vector.Select(value => value / Math.Sqrt(Dot(vector, vector)))];

    static double[] Sum(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    [Theory]
    [InlineData("""["a crane", "a disc", "A  Crane "]""", "classes 0 and 2 of ")]
    [InlineData("""["a", "b", { "name": "x", "phrase": "a" }, "b", "a"]""", "classes 0 and x and 4 of ")]
    [InlineData("""[["a crane", "a bird"], "a disc", ["a lift", "A crane"]]""", "classes 0 and 2 of ")]
    [InlineData("""[["a crane", "A crane"], "a disc"]""", null)]
    [InlineData("""["a crane", "a disc"]""", null)]
    public void Classes_with_one_phrase_are_told(string list, string? told)
    {
        Write(list);
        var warnings = Head("{}").Warnings;
        if (told is null) Assert.Empty(warnings);
        else Assert.StartsWith(told, Assert.Single(warnings));
    }

    [Theory]
    [InlineData("guinea_pig|boat", "guinea pig|boat", null)]
    [InlineData("n01440764|a_b|n01443537", "n01440764|a b|n01443537",
        "3 of the 3 classes of the data have no word in their names, as \"n01440764\"")]
    public void The_names_of_the_data_become_phrases(string names, string phrases, string? told)
    {
        var head = new ZeroShotHead(new(), new("zero", "clip") { ClassNames = names.Split('|') });
        Assert.Equal(phrases.Split('|'), ClassPhrases.Of(names.Split('|'), mayBe: true));
        if (told is null) Assert.Empty(head.Warnings);
        else Assert.StartsWith(told, Assert.Single(head.Warnings));
    }

    [Fact]
    public void Data_without_names_needs_a_file() => Assert.Contains(
        "name a JSON file, as in classes = \"classes.json\"",
        Assert.Throws<InvalidDataException>(() => new ZeroShotHead(new(), new("zero", "clip"))).Message);

    [Fact]
    public void Data_without_any_class_is_not_called_data_with_numbers() => Assert.Contains(
        "this data has no class: name the column of classes by `label_column`", Assert.Throws<InvalidDataException>(
            () => new ZeroShotHead(new(), new("zero", "clip") { MayHaveClasses = false })).Message);

    [Theory]
    [InlineData("""["a cat", "a dog"]""", "cat|dog", "a cat|a dog")]
    [InlineData("""[{"name":"cat","phrase":"c"},{"name":"dog","phrase":"d"}]""", "cat|dog", "c|d")]
    [InlineData("""[{"name":"dog","phrase":"d"},{"name":"cat","phrase":"c"}]""", "cat|dog", "c|d")]
    [InlineData("""[{"name":"cat","phrase":"c"},{"name":"eel","phrase":"e"},"a hen",{"name":"dog","phrase":"d"}]""",
        "cat|dog", "c|d")]
    [InlineData("""[{"name":"Hund","phrase":"d"},{"name":"Katze","phrase":"c"}]""", "cat|dog", "d|c")]
    public void Names_decide_where_both_have_them_and_numbers_else(string list, string names, string phrases)
    {
        Write(list);
        Assert.Equal(phrases.Split('|'), ClassOrder.Of(ClassPhrases.Read(file), names.Split('|'), file)
            .Select(entry => Assert.Single(entry.Phrases)));
    }

    [Theory]
    [InlineData("""["a cat", "a dog"]""", "cat|cow|dog|eel",
        "the data has 4 classes, and FILE lists 2: add a phrase for class 2, `dog`, and for those after it")]
    [InlineData("""["a cat", "a dog", "a bird"]""", "cat|dog",
        "the data names 2 classes, and FILE lists 3, none by the data's names, so that nothing tells which are which: "
        + "give each its name, as in { \"name\": \"cat\", \"phrase\": \"...\" }, or list the data's classes alone")]
    [InlineData("""["a cat", "a dog"]""", "cat|cow|dog",
        "the data has 3 classes, and FILE lists 2: add a phrase for class 2, `dog`")]
    [InlineData("""[{"name":"cat","phrase":"c"},{"name":"dog","phrase":"d"}]""", "cat|cow|dog",
        "the data has a class `cow`, and FILE, which names classes as the data does, has none of this name: "
        + "add { \"name\": \"cow\", \"phrase\": \"...\" }")]
    [InlineData("""[{"name":"cat","phrase":"c"},{"name":"dog","phrase":"d"},{"name":"cat","phrase":"x"}]""", "cat|dog",
        "FILE has the class `cat` twice: leave one of them out")]
    [InlineData("""[{"name":"Hund","phrase":"d"},{"name":"Katze","phrase":"c"}]""", "cat|dog|eel",
        "the data has 3 classes, and FILE lists 2: add a phrase for class 2, `eel`")]
    public void A_list_must_have_the_classes_of_the_data(string list, string names, string mistake)
    {
        Write(list);
        Assert.Equal(mistake.Replace("FILE", file), Assert.Throws<InvalidDataException>(() => new ZeroShotHead(
            new() { Classes = file }, new("zero", "clip") { ClassNames = names.Split('|') })).Message);
    }

    /// <summary>A robustness set has some classes of a longer list: only they compete.</summary>
    [Fact]
    public void A_subset_competes_alone_and_keeps_the_lists_numbers()
    {
        Write("""
            [{ "name": "n1", "phrase": "cat" }, { "name": "n2", "phrase": "dog" }, "tree", "car", "house", "sun",
                "moon"]
            """);
        using var folder = new TemporaryFolder();
        var subset = Write(folder, "subset.json", """[3, "n2", 6]""");
        var (options, context) = (new ZeroShotOptions { Classes = file, Subset = subset, Templates = ["{}"] },
            new HeadContext("zero", "clip"));
        // Each image lies at its class, but nearer to a class that does not compete.
        var samples = ((int Class, int Nearer)[])[(1, 0), (3, 2), (6, 5), (1, 4)];
        var features = samples.Select(own => (FakeArm.Axis(own.Class).Zip(FakeArm.Axis(own.Nearer),
            (near, nearer) => near + 2 * nearer).ToArray(), (string?)null, (int?)own.Class)).ToArray();
        var metrics = FakeArm.Evaluate(new ZeroShotHead(options, context), Model(), features);
        Assert.Equal((1.0, 1.0 / 3), (metrics["top1"], metrics["top1 by chance"]));
        Assert.Equal(0, FakeArm.Evaluate(Head("{}"), Model(), features)["top1"]);
        Assert.StartsWith($"sample 'sample-0' has class 2, which {subset} leaves out",
            Assert.Throws<InvalidDataException>(() => FakeArm.Evaluate(new ZeroShotHead(options, context), Model(),
                [(FakeArm.Axis(2), null, 2)])).Message);

        foreach (var (json, says) in ((string, string)[])[("[0, 7]", "7 is no class of the data"),
            ("""["n1", "n9"]""", "\"n9\" is no class"), ("[0, 1.5]", "1.5 is no class"), ("[2]", "at least two"),
            ("""[0, "n1"]""", "has a class twice"), ("{}", "but a JSON object")])
        {
            Write(folder, "subset.json", json);
            Assert.Contains(says,
                Assert.Throws<InvalidDataException>(() => new ZeroShotHead(options, context)).Message);
        }
    }

    [Fact]
    public void A_class_of_several_names_is_the_mean_of_all_its_sentences()
    {
        Write("""[["cat", "kitten"], { "phrases": ["dog", "puppy", "hound"] }, "tree"]""");
        string[][] phrases = [["cat", "kitten"], ["dog", "puppy", "hound"], ["tree"]];
        Assert.Equal(phrases, ClassPhrases.Read(file).Select(entry => entry.Phrases));
        var texts = phrases.SelectMany(own => own).SelectMany(phrase => (string[])[phrase, $"a {phrase}"])
            .ToDictionary(text => text, FakeArm.Feature);
        using var scope = NewDisposeScope();
        var embeddings = ClassEmbeddings.Make(FakeArm.Model(texts), phrases, ["{}", "a {}"]);
        foreach (var (own, row) in phrases.Index().Select(entry => (entry.Item, embeddings[entry.Index])))
        {
            var sum = own.SelectMany(phrase => (string[])[phrase, $"a {phrase}"]).Select(text => Unit(texts[text]))
                .Aggregate(Sum);
            foreach (var (e, a) in Unit(sum).Zip(row.data<float>())) Assert.Equal(e, a, 1e-6);
        }
    }

    [Fact]
    public void Templates_come_from_the_file_from_sets_or_from_a_file_of_their_own()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(PromptTemplates.Sets["photos"], PromptTemplates.Of(new()));
        Assert.Equal([.. PromptTemplates.Sets["drawings"], "my {}"],
            PromptTemplates.Of(new() { Templates = ["drawings", "my {}"] }));
        Assert.All(PromptTemplates.Sets.Values.SelectMany(set => set), template => Assert.Contains("{}", template));
        var path = Write(folder, "templates.json", """["a photo of a {}.", "art of the {}."]""");
        Assert.Equal(["a photo of a {}.", "art of the {}."], PromptTemplates.Of(new() { TemplatesFile = path }));
        foreach (var (json, says) in ((string, string)[])[("[]", "at least one"), ("""["a cat"]""", "template 0 is no"),
            ("""{"imagenet": ["{}"]}""", "but a JSON object"), ("""["{}", 3]""", "template 1 is no")])
        {
            Write(folder, "templates.json", json);
            Assert.Contains(says, Assert.Throws<InvalidDataException>(
                () => PromptTemplates.Of(new() { TemplatesFile = path })).Message);
        }
        var both = new ZeroShotOptions { Templates = ["{}"], TemplatesFile = path };
        Assert.StartsWith("gives `templates` and `templates_file`",
            Assert.Single(both.Validate(new(both))).ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_is_no_text_is_refused_with_its_place_and_a_mark_is_no_harm()
    {
        File.WriteAllBytes(file, [.. "[\"a\",\n\"caf"u8, 0xE9, .. "\"]"u8]);
        Assert.Contains($"{file} is not valid UTF-8: byte 0xE9 at offset 10, in line 2",
            Assert.Throws<InvalidDataException>(() => ClassPhrases.Read(file)).Message);
        Write("""["a", "\ud83d"]""");
        Assert.Contains("class 1 is neither a phrase",
            Assert.Throws<InvalidDataException>(() => ClassPhrases.Read(file)).Message);
        Write("version https://git-lfs.github.com/spec/v1\n");
        Assert.Contains("is no list of classes, but a Git LFS pointer",
            Assert.Throws<InvalidDataException>(() => ClassPhrases.Read(file)).Message);
        File.WriteAllBytes(file, [0xEF, 0xBB, 0xBF, .. """["a", "b"]"""u8]);
        Assert.Equal(["a", "b"], ClassPhrases.Read(file).Select(entry => Assert.Single(entry.Phrases)));
    }
}
