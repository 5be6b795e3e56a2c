using CsCheck;
using Rils.Probes;
using static Rils.Tests.Plugins.Probes.ProbeArm;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Probes;

public sealed class KnnHeadTests
{
    [Fact]
    public void Metrics_are_those_of_plain_counting() =>
        Gen.Select(Gen.Int[2, 9], Gen.Int[1, 30], Gen.Double[0.02, 1], Gen.Int[20, 70], Gen.Double[0.2, 3]).Sample(
        (classes, k, temperature, count, spread) =>
        {
            var (training, validation) = (Points(count, classes, spread, $"train {count}"),
                Points(40, classes, spread, "val"));
            // Some samples have no class, and one class of the validation data never occurs in training.
            training = [.. training.Select((point, i) => i % 5 == 4 ? point with { Class = null } : point)];
            validation[3] = validation[3] with { Class = 99 };
            validation[4] = validation[4] with { Class = null };
            var metrics = Evaluate(Head(k, temperature), training, validation);

            var learned = training.Where(point => point.Class is not null).ToArray();
            var ranks = validation.Where(point => point.Class is not null)
                .Select(point => (Class: point.Class!.Value, Rank: Rank(point, learned, k, temperature))).ToArray();
            Assert.Equal(39, metrics["samples"]);
            Assert.Equal(learned.Length, metrics["training_samples"]);
            Assert.Equal(ranks.Average(r => r.Rank == 0 ? 1.0 : 0), metrics["top1"], 1e-12);
            Assert.Equal(ranks.GroupBy(r => r.Class).Average(g => g.Average(r => r.Rank == 0 ? 1.0 : 0)),
                metrics["mean_per_class"], 1e-12);
            Assert.Equal(ranks.CountBy(r => r.Class).Max(c => c.Value) / 39.0, metrics["majority"], 1e-12);
            var known = learned.Select(point => point.Class).Distinct().Count();
            Assert.Equal(1.0 / known, metrics["top1 by chance"], 1e-12);
            Assert.Equal(1.0 / known, metrics["mean_per_class by chance"], 1e-12);
            if (known > 5) Assert.Equal(5.0 / known, metrics["top5 by chance"], 1e-12);
            Assert.Equal(known > 5, metrics.ContainsKey("top5"));
            if (known > 5) Assert.Equal(ranks.Average(r => r.Rank < 5 ? 1.0 : 0), metrics["top5"], 1e-12);
        }, iter: 60, threads: 1);

    [Fact]
    public void Classes_that_lie_apart_are_all_found() =>
        Assert.Equal(1, Evaluate(Head(20, 0.07), Points(200, 8, 0.02, "train"), Points(90, 8, 0.02, "val"))["top1"]);

    [Fact]
    public void Labels_that_mean_nothing_give_chance()
    {
        var points = Points(1200, 4, 0, "train")
            .Select(point => point with { Feature = Fakes.FakeArm.Feature(point.Key)[..6] }).ToArray();
        Assert.InRange(Evaluate(Head(20, 0.07), points[..800], points[800..])["top1"], 0.25 - 0.065, 0.25 + 0.065);
    }

    [Fact]
    public void Of_neighbours_that_tie_for_the_last_place_the_first_in_the_data_vote()
    {
        using var scope = NewDisposeScope();
        // Four equal training vectors lie between a nearer and a farther one.
        var training = tensor(new double[,] { { 0, 1 }, { 0.6, 0.8 }, { 0.6, 0.8 }, { 1, 0 },
            { 0.6, 0.8 }, { 0.6, 0.8 } });
        var found = Neighbours.Of(tensor(new double[,] { { 1, 0 }, { 0, 1 } }), training, 3);
        Assert.Equal([1, 2, 3, 0, 1, 2], found.Places);
        Assert.Equal([0.6f, 0.6f, 1f, 1f, 0.8f, 0.8f], found.Cosines);
    }

    [Fact]
    public void The_size_of_a_block_changes_nothing()
    {
        using var scope = NewDisposeScope();
        var (queries, training) = (Unit("queries", 50), Unit("training", 70));
        var whole = Neighbours.Of(queries, training, 7);
        foreach (var cosines in (long[])[1, 300, 70 * 49])
        {
            var parts = Neighbours.Of(queries, training, 7, cosines);
            Assert.Equal(whole.Places, parts.Places);
            Assert.Equal(whole.Cosines, parts.Cosines);
        }
    }

    [Fact]
    public void Votes_that_tie_count_against_the_model()
    {
        // One neighbour of each class is equally near, so no class is ahead.
        float[] same = [1, 0, 0, 0, 0, 0];
        var metrics = Evaluate(Head(2, 0.07), [new(same, 0, "a"), new(same, 1, "b")],
            [new(same, 0, "c"), new(same, 1, "d")]);
        Assert.Equal(0, metrics["top1"]);
    }

    [Fact]
    public void A_cold_temperature_is_the_nearest_neighbour_and_overflows_nowhere()
    {
        var (training, validation) = (Points(100, 5, 1.5, "train"), Points(60, 5, 1.5, "val"));
        Assert.Equal(Evaluate(Head(1, 1), training, validation)["top1"],
            Evaluate(Head(100, 1e-9), training, validation)["top1"]);
    }

    static int Rank(Point query, IReadOnlyList<Point> training, int k, double temperature)
    {
        var votes = training
            .Select((point, place) => (point.Class, Cosine: (float)Cosine(query.Feature, point.Feature), place))
            .OrderByDescending(one => one.Cosine).ThenBy(one => one.place).Take(k)
            .GroupBy(one => one.Class!.Value)
            .ToDictionary(group => group.Key, group => group.Sum(one => Math.Exp(one.Cosine / temperature)));
        var own = votes.GetValueOrDefault(query.Class!.Value);
        int[] classes = [.. training.Select(point => point.Class!.Value).Distinct()];
        return classes.Contains(query.Class.Value)
            ? classes.Count(other => other != query.Class && votes.GetValueOrDefault(other) >= own) : int.MaxValue;
    }

    static double Cosine(float[] a, float[] b) =>
        a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x));

    static Tensor Unit(string name, int count) =>
        nn.functional.normalize(Fakes.Draws.Normal(name, count, 6).to(ScalarType.Float64), dim: -1);

    static KnnHead Head(int k, double temperature) =>
        new(new() { Train = ["train"], K = k, Temperature = temperature }, new("knn", "mae"));
}
