using Rils.Contract;
using Rils.Probes;
using Rils.TestKit.Memory;
using static Rils.Tests.Plugins.Probes.ProbeArm;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Probes;

public sealed class LinearHeadTests
{
    [Fact]
    public void Classes_that_lie_apart_are_all_found()
    {
        var metrics = Evaluate(Head(), Points(120, 8, 0.02, "train"), Points(90, 8, 0.02, "val"));
        Assert.Equal(1, metrics["top1"]);
        Assert.Equal(1, metrics["mean_per_class"]);
        Assert.Equal((1.0 / 8, 120, 90), (metrics["top1 by chance"], metrics["training_samples"], metrics["samples"]));
    }

    [Fact]
    public void Labels_that_mean_nothing_give_chance()
    {
        var points = Points(1200, 4, 0, "train")
            .Select(point => point with { Feature = Fakes.FakeArm.Feature(point.Key)[..6] }).ToArray();
        Assert.InRange(Evaluate(Head(), points[..800], points[800..])["top1"], 0.25 - 0.065, 0.25 + 0.065);
    }

    /// <summary>With noise, one column tells the class weakly and five columns are noise: on 40 samples a weak penalty
    /// learns the noise. Without, the classes differ on a scale so fine that a strong penalty keeps the head from
    /// telling them apart.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_sweep_finds_the_strength_that_the_data_wants(bool isNoisy)
    {
        Point Make(int i, string name)
        {
            var (own, draws) = (i % 2, RandomStream.Root(5).Fork(name).Fork(i).Draw());
            float[] feature = isNoisy
                ? [(float)(own - 0.5 + 0.7 * draws.NextNormal()),
                    .. Enumerable.Range(0, 5).Select(_ => (float)(30 * draws.NextNormal()))]
                // The one column that tells the classes apart is a thousand times smaller than the others.
                : [(float)(0.001 * (own == 0 ? -1 : 1) + 0.0003 * draws.NextNormal()),
                    .. Enumerable.Range(0, 5).Select(_ => (float)draws.NextNormal())];
            return new(feature, own, $"{name}/{i}");
        }
        Point[] training = [.. Enumerable.Range(0, isNoisy ? 40 : 400).Select(i => Make(i, "train"))],
            validation = [.. Enumerable.Range(0, 600).Select(i => Make(i, "val"))];
        double[] strengths = [1e-8, 1e-2, 1e4];
        var byStrength = strengths.ToDictionary(strength => strength,
            strength => Evaluate(Head(strength), training, validation)["top1"]);
        var chosen = Evaluate(Head(strengths), training, validation);
        Assert.Equal(byStrength.Values.Max(), chosen["top1"], isNoisy ? 0.05 : 0.02);
        Assert.Equal(byStrength[chosen["l2"]], chosen["top1"]);
        if (!isNoisy) Assert.Equal(1e-8, chosen["l2"]);
        Assert.True(byStrength.Values.Max() - byStrength.Values.Min() > 0.05, string.Join(", ", byStrength));
    }

    [Fact]
    public void Of_strengths_that_are_right_as_often_the_greatest_is_taken() =>
        Assert.Equal(0.01, Evaluate(Head(1e-4, 1e-2, 1e-3), Points(80, 2, 0.02, "train"),
            Points(20, 2, 0.02, "val"))["l2"]);

    [Fact]
    public void The_numbers_of_the_classes_do_not_matter()
    {
        var (training, validation) = (Points(150, 5, 1, "train"), Points(100, 5, 1, "val"));
        int[] others = [12, 3, 400, 0, 7];
        Point[] Renumbered(Point[] points) =>
            [.. points.Select(point => point with { Class = others[point.Class!.Value] })];
        var (expected, found) = (Evaluate(Head(), training, validation),
            Evaluate(Head(), Renumbered(training), Renumbered(validation)));
        Assert.Equal(expected, found);
        Assert.InRange(expected["top1"], 0.5, 0.99);
    }

    [Fact]
    public void Both_heads_share_the_features_of_a_batch_and_leave_no_tensor_behind()
    {
        var backbone = new CountingBackbone();
        IHead[] heads = [Head(), new KnnHead(new() { Train = ["train"] }, new("knn", "mae"))];
        Assert.All(heads, head => Assert.True(head.CanEvaluate(Model(backbone))));
        var (training, validation) = (Points(60, 3, 0.5, "train"), Points(30, 3, 0.5, "val"));
        var first = Evaluate(heads, Model(backbone), training, validation);
        Assert.Equal(90, backbone.Encoded);
        var before = LiveTensors.Settled();
        var again = Evaluate(heads, Model(backbone), training, validation, batch: 60);
        Assert.Equal(before, Tensor.TotalCount);
        Assert.Equal(first.Select(result => result.Metrics), again.Select(result => result.Metrics));
        Assert.Equal(180, backbone.Encoded);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(7)]
    public void What_is_said_of_each_sample_has_the_metrics_for_means(int classes)
    {
        Point[] validation = [.. Points(50, classes, 2, "val").Select((point, i) => i % 5 == 4
            ? point with { Class = null } : point)];
        foreach (var result in Evaluate([Head(), new KnnHead(new() { Train = ["train"] }, new("knn", "mae"))], Model(),
            Points(70, classes, 2, "train"), validation))
        {
            var samples = Assert.Single(result.Samples);
            Assert.Equal(validation.Where(point => point.Class is not null).Select(point => point.Key), samples.Keys);
            Assert.Equal(classes > 5 ? ["top1", "top5"] : ["top1"], samples.Metrics.Keys);
            Assert.All(samples.Metrics,
                metric => Assert.Equal(result.Metrics[metric.Key].Value, metric.Value.Average(), 1e-12));
            Assert.InRange(result.Metrics["top1"].Value, 0.15, 0.95);
        }
    }

    [Fact]
    public void An_evaluation_that_fails_leaves_no_tensor_behind()
    {
        var training = Points(20, 2, 1, "train");
        Assert.Throws<InvalidOperationException>(() => Evaluate(Head(), training, []));
        var before = LiveTensors.Settled();
        Assert.Throws<InvalidOperationException>(() => Evaluate(Head(), training, []));
        Assert.Equal(before, Tensor.TotalCount);
    }

    [Fact]
    public void Data_that_nothing_can_be_learned_from_is_refused_by_name()
    {
        var points = Points(40, 2, 1, "train");
        Point[] nameless = [.. points.Select(point => point with { Class = null })];
        Assert.Equal("head 'linear' of arm 'mae': no sample of its training data has a class",
            Refused(nameless, points));
        Assert.Equal("head 'linear' of arm 'mae': no sample of its evaluation data has a class",
            Refused(points, nameless));
        Assert.Equal("head 'linear' of arm 'mae': all samples of its training data have one class; "
            + "at least two are needed",
            Refused([.. points.Where(point => point.Class == 1)], points));
        Assert.Equal("head 'linear' of arm 'mae': features of its training data are not finite",
            Refused([.. points, points[0] with { Feature = [1, 2, float.NaN, 4, 5, 6] }], points));
        Assert.StartsWith("head 'linear' of arm 'mae': too few samples of each class", Refused(points[..4], points));

        static string Refused(Point[] training, Point[] validation) =>
            Assert.Throws<InvalidOperationException>(() => Evaluate(Head(), training, validation)).Message;
    }

    static LinearHead Head(params double[] strengths) =>
        new(strengths.Length == 0 ? new() { Train = ["train"] } : new() { Train = ["train"], L2 = strengths },
            new("linear", "mae"));
}
