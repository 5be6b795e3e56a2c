using System.Text.Json;
using Rils.Runs;
using Rils.Tests.Plugins.Imaging;

namespace Rils.Tests.Cli;

/// <summary><c>rils predict</c>: the texts that fit images best.</summary>
public sealed class PredictTests(TrainedToy toy) : IClassFixture<TrainedToy>
{
    static readonly string[] classes = ["a red boat", "a small dog", "a house"];

    static readonly string[] templates = ["a photo of {}", "{} on paper"];

    [Fact]
    public void The_order_of_the_texts_is_the_one_that_the_zero_shot_head_finds()
    {
        var folder = Images("head", 12);
        var table = string.Join('\n', Enumerable.Range(0, 12).Select(i => $"{i:00}.jpg,{i % 3}"));
        File.WriteAllText(Path.Combine(folder, "list.csv"), $"image,class\n{table}\n");
        toy.Write("classes.json", JsonSerializer.Serialize(classes));
        var heads = toy.Write("judged.toml", """
            [[head]]
            kind = "zero-shot"
            classes = "classes.json"
            templates = ["a photo of {}", "{} on paper"]
            data = { kind = "table", path = "head/list.csv", image_column = "image", label_column = "class" }
            """);
        Command.Here("eval", toy.Run, heads, "--arm", "clip").Returns(0);
        var run = FinishedRun.Read(LaterEvaluation.FolderOf(toy.Run, "judged"));
        var found = run.Samples(run.Outcomes.Single(outcome => outcome.Seed == 1)).Heads["zero-shot"][0];
        var predicted = Predict(["--seed", "1"], folder);
        Assert.Equal(12, found.Keys.Count);
        Assert.Contains(1.0, found.Metrics["top1"]);
        Assert.Contains(0.0, found.Metrics["top1"]);
        foreach (var (place, key) in found.Keys.Index())
        {
            var number = int.Parse(Path.GetFileNameWithoutExtension(key));
            var best = predicted.First(line => Path.GetFileName(line.Image) == $"{number:00}.jpg").Text;
            Assert.Equal(found.Metrics["top1"][place] == 1, best == classes[number % 3]);
        }
    }

    [Fact]
    public void Probabilities_are_the_softmax_of_the_scaled_cosines_and_the_order_of_images_changes_none()
    {
        var folder = Images("order", 20);
        var lines = Predict([], folder);
        var images = lines.GroupBy(line => line.Image).ToArray();
        Assert.Equal(Enumerable.Range(0, 20).Select(i => Path.Combine(folder, $"{i:00}.jpg")),
            images.Select(image => image.Key));
        foreach (var image in images)
        {
            Assert.Equal(1, image.Sum(line => line.Probability), 1e-12);
            Assert.Equal(image.OrderByDescending(line => line.Probability), image);
            var (first, last) = (image.First(), image.Last());
            // The logit scale of CLIP at its beginning is 1 / 0.07; three steps hardly move it.
            Assert.InRange(Math.Log(first.Probability / last.Probability) / (first.Cosine - last.Cosine), 14, 15);
        }
        var turned = Predict([], [.. images.Select(image => image.Key).Reverse()]);
        foreach (var line in turned)
        {
            var before = lines.Single(other => (other.Image, other.Text) == (line.Image, line.Text));
            Assert.Equal(before.Probability, line.Probability, 1e-6);
        }
    }

    [Fact]
    public void A_table_shows_the_best_texts_of_each_image()
    {
        var folder = Images("table", 3);
        var output = Command.Here("predict", toy.Run, Path.Combine(folder, "*.jpg"), "--arm", "rils", "--texts",
            "a boat", "a dog", "a tree", "--top", "2").Returns(0).Output;
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches("^image +text +probability +cosine", lines[0]);
        Assert.Equal(1 + 3 * 2, lines.Length);
        Assert.Matches(@"00\.jpg +a (boat|dog|tree) +0\.\d{4} +-?0\.\d{4}", lines[1]);
        Assert.Matches(@"^ +a (boat|dog|tree) +0\.\d{4} +-?0\.\d{4}", lines[2]);
    }

    [Fact]
    public void A_file_that_is_no_image_is_told_and_the_others_are_predicted()
    {
        var folder = Images("broken", 2);
        File.WriteAllText(Path.Combine(folder, "01.jpg"), "no image");
        var done = Command.Here("predict", toy.Run, folder, "--arm", "clip", "--texts-file",
            toy.Write("texts.txt", string.Join('\n', classes))).Returns(1);
        Assert.Contains("00.jpg", done.Output);
        Assert.DoesNotContain("01.jpg", done.Output);
        Assert.Contains($"error: {Path.Combine(folder, "01.jpg")}: ", done.Error);
    }

    [Theory]
    [InlineData("IMAGE missing.jpg: there is no such file or folder", "missing.jpg")]
    [InlineData("IMAGE *.gif: there is no image", "*.gif")]
    [InlineData("has no {} for the text", "x.jpg", "--template", "a photo")]
    [InlineData("--top is a number of texts, at least 1", "x.jpg", "--top", "0")]
    [InlineData("\"a dog\": this text is there twice", "x.jpg", "--texts", "a dog")]
    [InlineData("\" \": a text is blank", "x.jpg", "--texts", " ")]
    [InlineData("Unrecognized option '--tob'", "x.jpg", "--tob")]
    public void A_mistake_is_told_with_its_remedy(string says, params string[] more)
    {
        var image = Path.Combine(Images("mistake", 1), "00.jpg");
        Assert.Contains(says, Command.Here(["predict", toy.Run, more[0] == "x.jpg" ? image : more[0], "--arm", "clip",
            "--texts", "a dog", "a cat", .. more[1..]]).Returns(2).Error);
    }

    [Fact]
    public void One_text_is_no_choice_and_an_arm_without_texts_names_those_with()
    {
        var image = Path.Combine(Images("alone", 1), "00.jpg");
        Assert.Contains("give at least two texts to choose from",
            Command.Here("predict", toy.Run, image, "--arm", "clip", "--texts", "a dog").Returns(2).Error);
        Assert.Contains("--arm mae: this arm embeds no texts, since it trained no [text] and [space]; arms that did: "
            + "rils, clip, averaged", Command.Here("predict", toy.Run, image, "--arm", "mae", "--texts", "a", "b")
            .Returns(2).Error);
    }

    IReadOnlyList<Line> Predict(string[] more, params string[] images) => JsonSerializer.Deserialize<Line[]>(
        Command.Here(["predict", toy.Run, .. images, "--arm", "clip", "--texts", .. classes, "--json",
            .. templates.SelectMany(template => (string[])["--template", template]), .. more]).Returns(0).Output,
        JsonSerializerOptions.Web)!;

    /// <summary>A folder of images of different sizes, <c>00.jpg</c> and so on.</summary>
    string Images(string name, int count)
    {
        var folder = Directory.CreateDirectory(toy[name]).FullName;
        for (var i = 0; i < count; i++)
        {
            var (width, height) = (40 + 7 * i, 36 + 5 * (i % 4));
            File.WriteAllBytes(Path.Combine(folder, $"{i:00}.jpg"),
                Picture.Jpeg(Picture.Waves(width, height), width, height));
        }
        return folder;
    }

    sealed record Line(string Image, string Text, double Probability, double Cosine);
}
