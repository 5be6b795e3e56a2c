using System.Diagnostics;
using System.Runtime.InteropServices;
using Rils.Runs;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Imaging;

namespace Rils.Tests.Cli;

/// <summary><c>rils embed</c>: the vectors that a trained arm makes.</summary>
public sealed class EmbedTests(TrainedToy toy) : IClassFixture<TrainedToy>
{
    string Out => toy["out.npy"];

    [Theory]
    [InlineData("rils", 0)]
    [InlineData("clip", 1)]
    public void The_vectors_find_what_the_retrieval_head_found_of_every_sample(string arm, long seed)
    {
        var done = Embed("--arm", arm, "--seed", $"{seed}", "--data", toy["toy-*.tar"]).Returns(0);
        Assert.Contains($"{Out}: 64 x 16, images, unit vectors of the shared space of {arm}, seed {seed}\n",
            done.Output);
        var (images, texts) = (NpyFile.Read(Out).Rows, NpyFile.Read(toy["out-texts.npy"]).Rows);
        Assert.All(images.Concat(texts), row => Assert.Equal(1, row.Sum(value => value * value), 1e-5));
        var keys = Table("out.csv", "row,key");
        var captions = Table("out-texts.csv", "row,key,caption");
        Assert.Equal(keys.Select(row => row[1]), captions.Select(row => row[1]));
        Assert.StartsWith("\"a red boat, number ", captions[0][2]);
        var found = Found(arm, seed);
        foreach (var depth in (int[])[1, 5, 10])
        {
            Assert.Equal(found.Keys, keys.Select(row => row[1]));
            Assert.Equal(found.Metrics[$"image_to_text_r{depth}"], images.Select((image, own) =>
                texts.Count(text => Cosine(image, text) >= Cosine(image, texts[own])) <= depth ? 1.0 : 0.0));
        }
    }

    [Fact]
    public void Texts_of_a_file_get_the_vectors_that_they_get_as_captions_and_features_are_those_of_the_backbone()
    {
        Embed("--arm", "clip", "--data", toy["toy-0.tar"]).Returns(0);
        var captions = Table("out-texts.csv", "row,key,caption").Select(row => row[2].Trim('"')).ToArray();
        var lines = toy.Write("lines.txt", string.Join("\r\n", captions) + "\n");
        Command.Here("embed", toy.Run, "--arm", "clip", "--texts", lines, "--out", toy["lines.npy"]).Returns(0);
        Assert.Equal(File.ReadAllBytes(toy["out-texts.npy"]), File.ReadAllBytes(toy["lines.npy"]));
        Assert.Equal(captions, Table("lines.csv", "row,text").Select(row => row[1].Trim('"')));

        var alone = toy["features.npy"];
        Command.Here("embed", toy.Run, "--arm", "clip", "--data", toy["toy-0.tar"], "--features", "--out", alone)
            .Returns(0);
        Assert.False(File.Exists(toy["features-texts.npy"]));
        var (features, vectors) = (NpyFile.Read(alone), NpyFile.Read(Out));
        Assert.Equal((64, 16), (features.Rows.Count, features.Columns));
        Assert.Contains(features.Rows, row => Math.Abs(row.Sum(value => value * value) - 1) > 0.1);
        Assert.NotEqual(vectors.Rows[0], features.Rows[0]);
    }

    [Fact]
    public void An_arm_without_a_space_gives_features_alone()
    {
        Assert.Contains("--arm mae: this arm has no [space], in which an image would be a vector: give --features",
            Embed("--arm", "mae", "--data", toy["toy-0.tar"]).Returns(2).Error);
        Assert.Contains("features of the backbone of mae, seed 0",
            Embed("--arm", "mae", "--data", toy["toy-0.tar"], "--features").Returns(0).Output);
        Assert.Contains("embeds no texts, since it trained no [text] and [space]; arms that did: rils, clip",
            Embed("--arm", "mae", "--texts", toy.Write("two.txt", "a\nb\n")).Returns(2).Error);
    }

    [Fact]
    public void Bad_samples_are_left_out_and_named_and_data_without_an_image_is_an_error()
    {
        var folder = Directory.CreateDirectory(toy["photos"]).FullName;
        foreach (var name in (string[])["b", "d"])
            File.WriteAllBytes(Path.Combine(folder, $"{name}.jpg"), Picture.Jpeg(Picture.Waves(40, 30), 40, 30));
        File.WriteAllText(Path.Combine(folder, "c.jpg"), "no image");
        var done = Embed("--arm", "clip", "--data", folder).Returns(0);
        Assert.Contains("1 bad samples were left out:\n  sample `c", done.Output);
        Assert.Equal(["b", "d"], Table("out.csv", "row,key").Select(row => Path.GetFileNameWithoutExtension(row[1])));
        Assert.Equal(2, NpyFile.Read(Out).Rows.Count);
        foreach (var name in (string[])["b", "d"]) File.Delete(Path.Combine(folder, $"{name}.jpg"));
        var before = File.ReadAllBytes(Out);
        Assert.Contains("can be used", Embed("--arm", "clip", "--data", folder).Returns(2).Error);
        Assert.Equal(before, File.ReadAllBytes(Out));
        Assert.Empty(Directory.GetFiles(toy[""], "*.tmp"));
    }

    [SkippableFact]
    public void Numpy_reads_the_same_numbers()
    {
        Embed("--arm", "rils", "--data", toy["toy-0.tar"]).Returns(0);
        const string Script = """
            import sys
            try:
                import numpy
            except ImportError:
                sys.exit(9)
            rows = numpy.load(sys.argv[1], mmap_mode="r", allow_pickle=False)
            print(rows.dtype, rows.shape, rows.flags.c_contiguous, rows[-1].tobytes().hex())
            """;
        var start = new ProcessStartInfo("/usr/bin/env", ["python3", "-c", Script, Out])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PATH"] = $"/usr/bin:{Environment.GetEnvironmentVariable("PATH")}" },
        };
        var (code, output, error) = Process.Start(start)!.Finished();
        Skip.If(code == 9, "python3 has no numpy");
        Assert.True(code == 0, error);
        var words = output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["float32", "(64,", "16)", "True"], words[..4]);
        Assert.Equal(MemoryMarshal.AsBytes<float>(NpyFile.Read(Out).Rows[^1]), Convert.FromHexString(words[4]));
    }

    [Theory]
    [InlineData("give either --data with images, or --texts with a text file")]
    [InlineData("give either --data with images, or --texts with a text file", "--data", "x", "--texts", "y")]
    [InlineData("--features, --kind and --set are for images", "--texts", "y", "--features")]
    [InlineData("Unrecognized option '--feature'", "--data", "x", "--feature")]
    [InlineData("has several arms: name one by --arm. Arms: rils, clip, averaged, mae", "--data", "x")]
    [InlineData("no such arm; did you mean `clip`? Arms: rils, ", "--data", "x", "--arm", "clib")]
    [InlineData("has no such seed. Seeds: 0, 1", "--data", "x", "--arm", "clip", "--seed", "7")]
    [InlineData("give --arm averaged for the arm's own weights", "--data", "x", "--arm", "averaged (average)")]
    [InlineData("nothing-there.txt", "--texts", "nothing-there.txt", "--arm", "clip")]
    [InlineData("must end in .npy, as in --out images.npy", "--data", "x", "--arm", "clip", "--out", "x.bin")]
    public void A_mistake_is_told_with_its_remedy(string says, params string[] more)
    {
        string[] path = more.Contains("--out") ? [] : ["--out", toy["none.npy"]];
        Assert.Contains(says, Command.Here(["embed", toy.Run, .. more, .. path]).Returns(2).Error);
        Assert.False(File.Exists(toy["none.npy"]));
    }

    [Fact]
    public void A_blank_line_and_a_folder_that_is_no_run_are_refused()
    {
        Assert.Contains("line 2 is blank", Embed("--arm", "clip", "--texts", toy.Write("blank.txt", "a\n\nb\n"))
            .Returns(2).Error);
        Assert.Contains("does not exist: give the folder that an earlier run printed",
            Command.Here("embed", toy["nowhere"], "--data", "x", "--out", Out).Returns(2).Error);
    }

    Outcome Embed(params string[] more) => Command.Here(["embed", toy.Run, .. more, "--out", Out]);

    IReadOnlyList<string[]> Table(string name, string header)
    {
        var lines = File.ReadAllLines(toy[name]);
        Assert.Equal(header, lines[0]);
        var cells = lines[1..].Select(line => line.Split(',', header.Count(sign => sign == ',') + 1)).ToArray();
        Assert.Equal(Enumerable.Range(0, cells.Length).Select(row => $"{row}"), cells.Select(row => row[0]));
        return cells;
    }

    Contract.SampleOutcomes Found(string arm, long seed)
    {
        var run = FinishedRun.Read(toy.Run);
        var outcome = run.Outcomes.Single(outcome => outcome.Arm == arm && outcome.Seed == seed);
        return run.Samples(outcome).Heads["retrieval"][0];
    }

    /// <summary>As the head has it: summed in 64 bits, then rounded.</summary>
    static float Cosine(float[] one, float[] other) => (float)one.Zip(other, (a, b) => (double)a * b).Sum();
}
