using Rils.Contract;
using Rils.Scheduling;
using Rils.Engine.Data;
using Rils.LanguageTarget;
using Rils.Models;
using Rils.Tests.Plugins.Fakes;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.LanguageTarget;

public sealed class LanguagePicturesTests : IDisposable
{
    const int Batch = 9, Patches = 12, Visible = 5, Width = 16, Dimensions = 10, Past = 4;
    static readonly PatchShape Shape = new(new(3, 4), 4, 1);

    readonly DisposeScope scope = NewDisposeScope();
    readonly LinearSpace space = new(new() { Dim = Dimensions }, new(new(Width), new(Width, 8)));
    readonly Tensor images = tensor(new long[] { 0, 1, 2, 3, 5, 6, 7, 8 });
    readonly Tensor tokens = Draws.Normal("tokens", Batch, 1 + Patches, Width),
        sentences = Draws.Normal("sentences", Batch, Dimensions);
    readonly Tensor past = nn.functional.normalize(Draws.Normal("past", Past, Dimensions), dim: -1), pixels;
    readonly PatchPrediction prediction;
    readonly PicturedImages pictured = new(tensor(new long[] { 2, 5, 8 }), tensor(new long[] { 2, 4, 7 }));

    public LanguagePicturesTests()
    {
        space.Initialize(RandomStream.Root(3));
        prediction = new(Draws.Normal("prediction", Batch - 1, 1 + Patches, Width),
            PatchMask.KeepSmallest(Draws.Normal("noise", Batch, Patches), Visible).Select(images));
        pixels = Normalization.Apply((arange(Batch * 3 * 12 * 16, ScalarType.Int64) * 13 % 256).to(ScalarType.Byte)
            .view(Batch, 3, 12, 16), CPU);
    }

    public void Dispose() => scope.Dispose();

    /// <summary>The expected sentence is the one with the largest cosine, computed one by one.</summary>
    [Theory]
    [InlineData(Comparison.Kl)]
    [InlineData(Comparison.Mse)]
    public void Each_patch_gets_the_sentence_with_the_largest_logit(Comparison loss)
    {
        var divergence = new LanguageDivergence(new() { Loss = loss }, new(tokens, 1), space, new(1));
        var found = LanguagePictures.Assign(divergence, prediction, pictured,
            divergence.AllPrototypes(sentences, past), Patches);
        var all = cat([sentences, past]);
        Assert.Equal(3, found.Count);
        foreach (var (row, assignment) in found.Index())
        {
            var (image, selected) = ((int)pictured.Numbers[row].item<long>(), (int)pictured.Rows[row].item<long>());
            long[] hidden = [.. prediction.Mask.Hidden[selected].data<long>()];
            for (var patch = 0; patch < Patches; patch++)
            {
                Assert.Equal(Likest(tokens[image, 1 + patch], all), assignment.Teacher[patch]);
                Assert.Equal(hidden.Contains(patch) ? Likest(prediction.Tokens[selected, 1 + patch], all) : null,
                    assignment.Student[patch]);
            }
        }
    }

    [Fact]
    public void Teacher_and_student_are_painted_in_the_colours_of_the_legend()
    {
        var pictures = Run();
        Assert.Equal(["teacher", "student"], pictures.Select(picture => picture.Title));
        Assert.Null(pictures[0].Legends);
        var divergence = new LanguageDivergence(new(), new(tokens, 1), space, new(1));
        var assignments = LanguagePictures.Assign(divergence, prediction, pictured,
            divergence.AllPrototypes(sentences, past.narrow(0, 0, 0)), Patches);
        foreach (var (row, assignment) in assignments.Index())
        {
            var legend = pictures[1].Legends![row];
            for (var patch = 0; patch < Patches; patch++)
            {
                // The coordinates of the patch's upper left pixel.
                var (y, x) = (patch / 4 * 4, patch % 4 * 4);
                var grey = Images.ToRgb(pixels.index_select(0, pictured.Numbers))[row, .., y, x]
                    .to(ScalarType.Float32).mean().item<float>();
                AssertTinted(pictures[0].Rgb[row, .., y, x], grey, ColourOf(assignment.Teacher[patch]));
                AssertTinted(pictures[1].Rgb[row, .., y, x], grey,
                    assignment.Student[patch] is { } sentence ? ColourOf(sentence) : [255, 255, 255]);
            }
            var agreed = assignment.Student.Zip(assignment.Teacher).Count(pair => pair.First == pair.Second);
            Assert.StartsWith($"teacher and student agree on {agreed} of {Patches - Visible} ", legend[^1].Text);

            double[] ColourOf(long? sentence)
            {
                var entry = legend.FirstOrDefault(entry => entry.Text.StartsWith($"“caption {sentence}”"));
                var colour = entry is null
                    ? legend.Single(line => line.Text.Contains(" other sentence")).Colour!.Value : entry.Colour!.Value;
                return [colour.R, colour.G, colour.B];
            }
        }

        static void AssertTinted(Tensor pixel, double grey, double[] colour)
        {
            for (var channel = 0; channel < 3; channel++)
                Assert.Equal(0.25 * grey + 0.75 * colour[channel], pixel[channel].item<byte>(), 0.51);
        }
    }

    [Fact]
    public void The_legend_names_the_frequent_sentences_and_counts_the_others()
    {
        // Sentence 1 occurs three times, sentence 0 twice, ten others once each; seven sentences get colours.
        long?[] teacher = [1, 1, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10],
            student = [1, 0, .. Enumerable.Repeat((long?)null, 9), 11];
        var colours = new SentenceColours(new(teacher, student));
        var legend = colours.Legend([.. Enumerable.Range(0, 10).Select(i => $"c{i}")], own: 0);
        Assert.Equal(
        [
            "“c1”: teacher 2, student 1", "“c0”, its own: teacher 1, student 1",
            "“c2”: teacher 1, student 0",
            "“c3”: teacher 1, student 0", "“c4”: teacher 1, student 0",
            "“c5”: teacher 1, student 0", "“c6”: teacher 1, student 0",
            "5 other sentences: teacher 4, student 1",
            "teacher and student agree on 1 of 3 hidden patches",
        ], legend.Select(entry => entry.Text));
        Assert.Equal(8, legend.Select(entry => entry.Colour).OfType<System.Drawing.Color>().Distinct().Count());
        Assert.Equal(legend[7].Colour, colours.Of(11));
        Assert.StartsWith("a sentence of an earlier step: ",
            new SentenceColours(new([12], [12])).Legend(["c0"], 0)[0].Text);
        Assert.StartsWith("sentence 12: ", new SentenceColours(new([12], [12])).Legend(null, 0)[0].Text);
    }

    [Fact]
    public void With_no_image_selected_there_are_no_rows()
    {
        var none = empty(0, ScalarType.Int64);
        var pictures = Run(new(none, none), new(zeros(0, 1 + Patches, Width), prediction.Mask.Select(none)));
        Assert.All(pictures, picture => Assert.Equal([0, 3, 12, 16], picture.Rgb.shape));
        Assert.Empty(pictures[1].Legends!);
    }

    long Likest(Tensor vector, Tensor all)
    {
        var mine = space.ProjectImages(vector.view(1, 1, -1)).view(-1);
        return Enumerable.Range(0, Batch + Past)
            .MaxBy(i => nn.functional.cosine_similarity(mine, all[i], 0).item<float>());
    }

    Picture[] Run(PicturedImages? shown = null, PatchPrediction? predicted = null)
    {
        var pictures = new Append<Picture>("arm");
        LanguagePictures.Add(new(), Shape, new(pixels), shown ?? pictured, predicted ?? prediction, new(tokens, 1),
            new(sentences), new(past.narrow(0, 0, 0)), new(0), space, default, default,
            new(new CaptionTexts([.. Enumerable.Range(0, Batch).Select(i => $"caption {i}")])), new(1), pictures);
        return [.. new Collected<Picture>(pictures)];
    }
}
