using System.Text.Json;
using Rils.Probes;
using Rils.Tests.Golden;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.Probes;

public sealed class LogisticRegressionTests
{
    sealed record Optimum(double L2, double Objective, double[][] Weights, double[] Biases, double[][] Probabilities);

    sealed record Case(double[][] Features, int[] Labels, double[][] Further, Optimum[] Optima);

    static readonly Case golden = JsonSerializer.Deserialize<Case>(
        File.ReadAllText(Path.Combine(Repository.Root, "tests", "golden", "logistic", "logistic.json")),
        JsonSerializerOptions.Web)!;

    public static TheoryData<int> Optima => [0, 1, 2];

    [Theory]
    [MemberData(nameof(Optima))]
    public void The_optimum_is_scikit_learns(int number)
    {
        using var scope = NewDisposeScope();
        var expected = golden.Optima[number];
        using var regression = Golden();
        var found = regression.Fit(expected.L2);
        Assert.Equal(expected.Objective, regression.At(found, expected.L2).Value, 1e-8);
        var probabilities = nn.functional.softmax(tensor(regression.Scores(found, Rows(golden.Further)),
            [golden.Further.Length, 4]), 1).data<double>().ToArray();
        Assert.All(expected.Probabilities.SelectMany(row => row).Zip(probabilities),
            pair => Assert.Equal(pair.First, pair.Second, 1e-3));
        if (expected.L2 < 0.01) return; // so flat that the weights say less than what they predict
        for (var own = 0; own < 4; own++)
            for (var column = 0; column < 6; column++)
                Assert.Equal(expected.Weights[own][column], found[own * 7 + column], 2e-3);
    }

    [Theory]
    [MemberData(nameof(Optima))]
    public void There_the_gradient_is_zero_and_elsewhere_it_is_that_of_differences(int number)
    {
        using var scope = NewDisposeScope();
        using var regression = Golden();
        var l2 = golden.Optima[number].L2;
        Assert.All(regression.At(regression.Fit(l2), l2).Gradient, slope => Assert.InRange(Math.Abs(slope), 0, 2e-6));
        double[] point = [.. Enumerable.Range(0, 28).Select(i => 0.3 * Math.Sin(i))];
        var gradient = regression.At(point, l2).Gradient;
        for (var i = 0; i < point.Length; i++)
        {
            double Moved(double by) =>
                regression.At([.. point.Select((value, at) => at == i ? value + by : value)], l2).Value;
            Assert.Equal((Moved(1e-5) - Moved(-1e-5)) / 2e-5, gradient[i], 1e-7);
        }
    }

    [Fact]
    public void Where_the_search_begins_does_not_matter()
    {
        using var scope = NewDisposeScope();
        using var regression = Golden();
        var (near, far) = (regression.Fit(0.01, regression.Fit(1)),
            regression.Fit(0.01, [.. Enumerable.Range(0, 28).Select(i => 5 * Math.Sin(i))]));
        Assert.All((double[][])[near, far],
            found => Assert.Equal(golden.Optima[1].Objective, regression.At(found, 0.01).Value, 1e-8));
    }

    [Fact]
    public void Blocks_of_samples_add_up()
    {
        using var scope = NewDisposeScope();
        using var whole = Golden();
        using var parts = new LogisticRegression(Rows(golden.Features), golden.Labels, 4, logitsAtOnce: 4 * 17);
        double[] point = [.. Enumerable.Range(0, 28).Select(i => 0.3 * Math.Cos(i))];
        var (expected, found) = (whole.At(point, 0.01), parts.At(point, 0.01));
        Assert.Equal(expected.Value, found.Value, 1e-13);
        Assert.All(expected.Gradient.Zip(found.Gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Theory]
    [InlineData(1e-8, 1e4)]
    [InlineData(1e-8, 1e-4)]
    [InlineData(1e3, 1e4)]
    [InlineData(1e-4, 1e4)]
    public void Hard_data_ends_at_a_point_lower_than_the_start(double l2, double scale)
    {
        using var scope = NewDisposeScope();
        // Every row twice and a column that never changes: neither breaks the search.
        var features = (Rows([.. golden.Features, .. golden.Features]) * scale).index_fill(1, tensor(0L), 7);
        using var regression = new LogisticRegression(features, [.. golden.Labels, .. golden.Labels], 4);
        var found = regression.Fit(l2);
        Assert.All(found, value => Assert.True(double.IsFinite(value)));
        Assert.InRange(regression.At(found, l2).Value, 0, Math.Log(4));
        Assert.Equal(found, regression.Fit(l2));
    }

    static LogisticRegression Golden() => new(Rows(golden.Features), golden.Labels, 4);

    static Tensor Rows(double[][] rows) => tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);
}
