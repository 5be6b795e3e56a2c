using Rils.Contract;
using Rils.Retrieval;
using Rils.TestKit.Memory;
using Rils.Tests.Plugins.Fakes;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Retrieval;

public sealed class RetrievalHeadTests
{
    [Fact]
    public void Metrics_are_those_of_plain_counting_with_twins_among_the_captions()
    {
        // 90 images have 40 captions, some of one image and some of several. Images lie near their captions.
        var texts = Enumerable.Range(0, 40).ToDictionary(i => $"caption {i}", i => FakeArm.Feature($"text {i}"));
        var images = Enumerable.Range(0, 90).Select(i =>
        {
            var caption = $"caption {(i < 40 ? i : i * i % 11)}";
            return (Feature: FakeArm.Feature($"image {i}")
                .Zip(texts[caption], (noise, near) => noise + 0.8f * near).ToArray(), caption);
        }).ToArray();
        var metrics = Evaluate(images, texts);
        foreach (var (name, expected) in PlainRetrieval.Metrics(images, texts))
            Assert.Equal(expected, metrics[name], 1e-12);
        Assert.Equal((90, 40), (metrics["image_gallery"], metrics["text_gallery"]));
        Assert.InRange(metrics["image_to_text_r1"], 0.1, 0.9);
    }

    /// <summary>As in COCO and Flickr30k: the nearest of an image's captions counts, and each caption is a query of its
    /// own. A caption that two images share has both as right answers.</summary>
    [Fact]
    public void An_image_with_several_captions_is_one_query_and_each_caption_another()
    {
        var texts = Enumerable.Range(0, 5).ToDictionary(i => $"caption {i}", i => FakeArm.Axis(i));
        var result = FakeArm.Result(Head(), FakeArm.Model(texts),
            [(FakeArm.Axis(1), ["caption 0", "caption 1"], null), (FakeArm.Axis(3), ["caption 2", "Caption 0"], null),
                (FakeArm.Axis(4), ["caption 4"], null)]);
        Assert.Equal((3, 4), (result.Metrics["image_gallery"].Value, result.Metrics["text_gallery"].Value));
        Assert.Equal(["sample-0", "sample-1", "sample-2"], result.Samples[0].Keys);
        Assert.Equal(["sample-0", "sample-0#2", "sample-1", "sample-2"], result.Samples[1].Keys);
        // The second image lies at no caption, so that all wrong ones tie with its own.
        Assert.Equal([1, 0, 1], result.Samples[0].Metrics["image_to_text_r1"]);
        // Captions 0 and 2 lie at no image; of caption 0 only one image is wrong, so that it counts as one of two.
        Assert.Equal([0, 1, 0, 1], result.Samples[1].Metrics["text_to_image_r1"]);
    }

    /// <summary>Against plain counting: five captions of each image, equal ones too, are entries of their own; an image
    /// has found any of its five, a caption its own image.</summary>
    [Fact]
    public void The_standard_form_takes_five_captions_of_each_image_as_they_are()
    {
        var texts = Enumerable.Range(0, 70).ToDictionary(i => $"caption {i}", i => FakeArm.Feature($"text {i}"));
        var images = Enumerable.Range(0, 20).Select(i => (
            Feature: FakeArm.Feature($"image {i}").Zip(texts[$"caption {3 * i + 2}"],
                (noise, near) => noise + 0.8f * near).ToArray(),
            // Six or seven captions; those of the middle are shared with the next image.
            Captions: Enumerable.Range(0, 6 + i % 2).Select(own => $"caption {3 * i + own}").ToArray())).ToArray();
        var result = FakeArm.Result(new RetrievalHead(new("standard", "clip"), isStandard: true),
            FakeArm.Model(texts), [.. images.Select(image => (image.Feature, image.Captions, (int?)null))]);
        Assert.Equal((20, 100), (result.Metrics["image_gallery"].Value, result.Metrics["text_gallery"].Value));

        var entries = images.Index().SelectMany(image => image.Item.Captions.Take(5)
            .Select(caption => (image.Index, texts[caption]))).ToArray();
        double Cosine(float[] a, float[] b) => Math.Round(Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b)), 6);
        var toText = images.Index().Select(image =>
        {
            var cosines = entries.Select(entry => Cosine(image.Item.Feature, entry.Item2)).ToArray();
            var best = entries.Zip(cosines).Where(pair => pair.First.Index == image.Index).Max(pair => pair.Second);
            return entries.Zip(cosines).Count(pair => pair.First.Index != image.Index && pair.Second >= best);
        }).ToArray();
        var toImage = entries.Select(entry =>
        {
            var cosines = images.Select(image => Cosine(image.Feature, entry.Item2)).ToArray();
            return cosines.Index().Count(pair => pair.Index != entry.Index && pair.Item >= cosines[entry.Index]);
        }).ToArray();
        foreach (var depth in (int[])[1, 5, 10])
        {
            Assert.Equal(toText.Average(rank => rank < depth ? 1.0 : 0),
                result.Metrics[$"image_to_text_r{depth}"].Value, 1e-12);
            Assert.Equal(toImage.Average(rank => rank < depth ? 1.0 : 0),
                result.Metrics[$"text_to_image_r{depth}"].Value, 1e-12);
        }
        Assert.InRange(result.Metrics["image_to_text_r1"].Value, 0.1, 0.95);
        Assert.Equal(["sample-0", "sample-0#2", "sample-0#3", "sample-0#4", "sample-0#5", "sample-1"],
            result.Samples[1].Keys.Take(6));
    }

    [Theory]
    [InlineData("0|1|2", 3, null, null)] // each image has a caption of its own
    [InlineData("0,1|2,3", 4, null, "0,0,1,1")] // captions of one image
    [InlineData("0|0|1", 2, "0,0,1", null)] // a caption of two images
    [InlineData("0,1|2|1,3|4|3", 5, "0,1,0,2,0", "0,0,1,0,2")] // images 0 and 4 are connected by image 2
    [InlineData("4|3|2|1|0,4", 5, "0,1,2,3,0", "0,3,2,1,0")]
    public void Images_and_captions_that_are_connected_are_a_cluster(
        string ofImages, int captionCount, string? images, string? captions)
    {
        int[][] own = [.. ofImages.Split('|').Select(image => image.Split(',').Select(int.Parse).ToArray())];
        int[][] ofCaptions = [.. Enumerable.Range(0, captionCount).Select(caption =>
            own.Index().Where(image => image.Item.Contains(caption)).Select(image => image.Index).ToArray())];
        var found = CaptionClusters.Of(own, ofCaptions);
        Assert.Equal(images, found.Images is null ? null : string.Join(',', found.Images));
        Assert.Equal(captions, found.Captions is null ? null : string.Join(',', found.Captions));
    }

    [Fact]
    public void Clusters_go_with_the_outcomes()
    {
        var texts = Enumerable.Range(0, 4).ToDictionary(i => $"caption {i}", FakeArm.Axis);
        (float[], IReadOnlyList<string>, int?)[] images = [(FakeArm.Axis(0), ["caption 0", "caption 1"], null),
            (FakeArm.Axis(2), ["caption 2"], null), (FakeArm.Axis(1), ["caption 1"], null)];
        var merged = FakeArm.Result(Head(), FakeArm.Model(texts), images);
        Assert.Equal([0, 1, 0], merged.Samples[0].Clusters);
        Assert.Equal([0, 0, 1], merged.Samples[1].Clusters);
        var standard = FakeArm.Result(new RetrievalHead(new("standard", "clip"), isStandard: true),
            FakeArm.Model(texts), images);
        Assert.Null(standard.Samples[0].Clusters);
        Assert.Equal([0, 0, 1, 2], standard.Samples[1].Clusters);
    }

    static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    [Fact]
    public void Ties_count_against_the_model()
    {
        // Every feature is one of four axes, so that most cosines are exactly 0 or 1.
        var texts = Enumerable.Range(0, 30).ToDictionary(i => $"caption {i}", i => FakeArm.Axis(i % 4));
        var images = Enumerable.Range(0, 50).Select(i => (FakeArm.Axis(i % 3), $"caption {i % 30}")).ToArray();
        var metrics = Evaluate(images, texts);
        foreach (var (name, expected) in PlainRetrieval.Metrics(images, texts))
            Assert.Equal(expected, metrics[name], 1e-12);
    }

    [Fact]
    public void Each_image_and_each_caption_is_an_outcome_by_its_key()
    {
        // The second image lies at the caption of the third. The last image has the caption of the first.
        var texts = Enumerable.Range(0, 3).ToDictionary(i => $"caption {i}", FakeArm.Axis);
        var result = FakeArm.Result(Head(), FakeArm.Model(texts),
            [(FakeArm.Axis(0), "caption 0", null), (FakeArm.Axis(2), "caption 1", null), (FakeArm.Axis(2), "caption 2",
                null), (FakeArm.Axis(5), null, null), (FakeArm.Axis(0), "caption 0", null)]);
        var (images, captions) = (result.Samples[0], result.Samples[1]);
        Assert.Equal(["sample-0", "sample-1", "sample-2", "sample-4"], images.Keys);
        Assert.Equal(["sample-0", "sample-1", "sample-2"], captions.Keys);
        Assert.Equal([1, 0, 1, 1], images.Metrics["image_to_text_r1"]);
        Assert.Equal([1, 1, 1, 1], images.Metrics["image_to_text_r5"]);
        // The second image, equal to the third, counts against the third caption.
        Assert.Equal([1, 0, 0], captions.Metrics["text_to_image_r1"]);
        foreach (var (metric, values) in result.Samples.SelectMany(part => part.Metrics))
            Assert.Equal(result.Metrics[metric].Value, values.Average(), 1e-12);
        Assert.Equal(["image_to_text_r1", "image_to_text_r5", "image_to_text_r10"], images.Metrics.Keys);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(0f)]
    [InlineData(float.NaN)]
    public void A_constant_embedding_scores_nothing(float value)
    {
        var constant = Enumerable.Repeat(value, PixelBackbone.Width).ToArray();
        var texts = Enumerable.Range(0, 33).ToDictionary(i => $"caption {i}", _ => constant);
        var metrics = Evaluate([.. Enumerable.Range(0, 61).Select(i => (constant, $"caption {i % 33}"))], texts);
        foreach (var name in (string[])["image_to_text_r1", "image_to_text_r10",
            "text_to_image_r1", "text_to_image_r10"])
            Assert.Equal(0, metrics[name]);
    }

    [Fact]
    public void Images_that_are_all_alike_score_no_more_than_chance()
    {
        var texts = Enumerable.Range(0, 37).ToDictionary(i => $"caption {i}", i => FakeArm.Feature($"text {i}"));
        var constant = FakeArm.Feature("image");
        var metrics = Evaluate([.. Enumerable.Range(0, 37).Select(i => (constant, $"caption {i}"))], texts);
        Assert.Equal(10.0 / 37, metrics["image_to_text_r10"], 1e-12);
        Assert.Equal(10.0 / 37, metrics["image_to_text_r10 by chance"], 1e-12);
        Assert.Equal(1.0 / 37, metrics["image_to_text_r1 by chance"], 1e-12);
        Assert.Equal(0, metrics["text_to_image_r10"]);
    }

    [Fact]
    public void Captions_that_differ_in_case_or_white_space_are_one()
    {
        var texts = new Dictionary<string, float[]> { ["A red car"] = FakeArm.Axis(0), ["a tree"] = FakeArm.Axis(1) };
        var metrics = Evaluate([(FakeArm.Axis(0), "A red car"), (FakeArm.Axis(0), " a  red car\n"),
            (FakeArm.Axis(1), "a tree")], texts);
        Assert.Equal((3, 2, 1.0, 1.0), (metrics["image_gallery"], metrics["text_gallery"], metrics["image_to_text_r1"],
            metrics["text_to_image_r1"]));
    }

    [Fact]
    public void Chance_counts_every_image_of_a_caption_as_right()
    {
        // 12 images, three of them of one caption. Ten draws hit one of the three always, since only 9 others are left,
        // and hit the image of another caption in 10 of 12 cases.
        var texts = Enumerable.Range(0, 10).ToDictionary(i => $"caption {i}", i => FakeArm.Axis(i));
        var metrics = Evaluate([.. Enumerable.Range(0, 12)
            .Select(i => (FakeArm.Axis(Math.Max(0, i - 2)), $"caption {Math.Max(0, i - 2)}"))], texts);
        Assert.Equal((1 + 9 * 10.0 / 12) / 10, metrics["text_to_image_r10 by chance"], 1e-12);
        Assert.Equal(1, metrics["image_to_text_r10 by chance"], 1e-12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(1_000_000)]
    public void Blocks_of_any_size_give_the_same_ranks(long cosinesAtOnce)
    {
        using var scope = NewDisposeScope();
        var (queries, gallery) = (Draws.Normal("queries", 23, 8), Draws.Normal("gallery", 17, 8));
        int[][] right = [.. Enumerable.Range(0, 23)
            .Select(query => Enumerable.Range(0, 17).Where(answer => answer % 5 == query % 5).ToArray())];
        var expected = RetrievalRanks.Of(queries, gallery, right);
        Assert.Equal(expected, RetrievalRanks.Of(queries, gallery, right, cosinesAtOnce));
        Assert.Contains(expected, rank => rank > 0);
    }

    [Fact]
    public void Samples_without_a_caption_are_left_out_and_none_with_one_is_an_error()
    {
        var texts = new Dictionary<string, float[]> { ["a"] = FakeArm.Axis(0), ["b"] = FakeArm.Axis(1) };
        var metrics = FakeArm.Evaluate(Head(), FakeArm.Model(texts),
            [(FakeArm.Axis(0), "a", null), (FakeArm.Axis(0), null, 3), (FakeArm.Axis(1), "b", null)]);
        Assert.Equal(2, metrics["image_gallery"]);
        var error = Assert.Throws<InvalidOperationException>(() =>
            FakeArm.Evaluate(Head(), FakeArm.Model(texts), [(FakeArm.Axis(0), null, null)]));
        Assert.Contains("head 'retrieval' of arm 'clip'", error.Message);
    }

    [Fact]
    public void An_evaluation_leaves_no_tensor_behind_and_can_be_repeated()
    {
        var texts = Enumerable.Range(0, 9).ToDictionary(i => $"caption {i}", FakeArm.Axis);
        var images = Enumerable.Range(0, 20)
            .Select(i => (FakeArm.Axis(i % 9), (string?)$"caption {i % 9}", (int?)null)).ToArray();
        var (head, model) = (Head(), FakeArm.Model(texts));
        var before = LiveTensors.Settled();
        for (var again = 0; again < 2; again++)
            Assert.Equal(1, FakeArm.Evaluate(head, model, images)["image_to_text_r1"]);
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void An_arm_without_text_or_shared_space_is_left_out()
    {
        var model = FakeArm.Model(new Dictionary<string, float[]> { ["a"] = FakeArm.Axis(0) });
        Assert.True(Head().CanEvaluate(model));
        Assert.False(Head().CanEvaluate(model with { Text = null }));
        Assert.False(Head().CanEvaluate(model with { Space = null }));
        Assert.False(Head().CanEvaluate(model with { Tokenizer = null }));
    }

    [Fact]
    public void The_embedding_of_a_batch_outlives_the_scope_of_the_head_that_asked_first()
    {
        using var images = ones(2, 3, 2, 2);
        using var batch =
            new EvaluationBatch(FakeArm.Model(new Dictionary<string, float[]> { ["a"] = FakeArm.Axis(0) }), images, []);
        using (NewDisposeScope()) _ = batch.ImageEmbedding;
        Assert.Equal(2, batch.ImageEmbedding.norm().pow(2).item<float>(), 1e-5);
    }

    static IReadOnlyDictionary<string, double> Evaluate(IReadOnlyList<(float[] Feature, string Caption)> images,
        IReadOnlyDictionary<string, float[]> texts) =>
        FakeArm.Evaluate(Head(), FakeArm.Model(texts),
            [.. images.Select(image => (image.Feature, (string?)image.Caption, (int?)null))]);

    static RetrievalHead Head() => new(new("retrieval", "clip"));
}
