using Rils.Contract;
using Rils.Runs;
using Rils.Tests.Golden;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Training;

/// <summary>With <c>gather = n</c> the engine gives the gradients and trajectories of the authors' code on n
/// processes.</summary>
[Trait("Category", "Golden")]
public sealed class GoldenGatheredTests
{
    /// <summary>Each case on each number of processes, with the whole batch at once and in parts.</summary>
    static TheoryData<string, string, bool> Each(TheoryData<string> folders)
    {
        TheoryData<string, string, bool> cases = [];
        foreach (string folder in folders)
            foreach (var world in new GoldenCase(folder).Json.GetProperty("worlds").EnumerateObject())
                foreach (var inParts in (bool[])[false, true]) cases.Add(folder, world.Name, inParts);
        return cases;
    }

    public static TheoryData<string, string, bool> Rils => Each(GoldenCases.Of("rils-gathered"));

    public static TheoryData<string, string, bool> Clip => Each(GoldenCases.Of("clip-gathered"));

    [Theory, MemberData(nameof(Rils))]
    public void Every_gradient_of_RILS_is_that_of_as_many_processes(string folder, string world, bool inParts)
    {
        var golden = new GoldenCase(folder);
        AssertGradients(golden, world, golden.Number("loss_weight"),
            new(golden, [golden.Read("inputs")["mask_noise"]], parts: Parts(golden, inParts), gather: Number(world)));
    }

    [Theory, MemberData(nameof(Clip))]
    public void Every_gradient_of_CLIP_is_that_of_as_many_processes(string folder, string world, bool inParts)
    {
        var golden = new GoldenCase(folder);
        AssertGradients(golden, world, null,
            GoldenArm.Clip(golden, 1, Number(world), Parts(golden, inParts)));
    }

    [Theory, MemberData(nameof(Rils))]
    public void RILS_follows_the_trajectory_of_as_many_processes(string folder, string world, bool inParts)
    {
        var golden = new GoldenCase(folder);
        AssertTrajectory(golden, world, golden.Number("loss_weight"),
            new(golden, golden.Read("noise")["trajectory.mask_noise"].unbind(), parts: Parts(golden, inParts),
                gather: Number(world)));
    }

    [Theory, MemberData(nameof(Clip))]
    public void CLIP_follows_the_trajectory_of_as_many_processes(string folder, string world, bool inParts)
    {
        var golden = new GoldenCase(folder);
        AssertTrajectory(golden, world, null,
            GoldenArm.Clip(golden, golden["steps"], Number(world), Parts(golden, inParts)));
    }

    static int Number(string world) => int.Parse(world, System.Globalization.CultureInfo.InvariantCulture);

    static int Parts(GoldenCase golden, bool inParts) => inParts ? golden["batch"] : 1;

    static void AssertGradients(GoldenCase golden, string world, double? weight, GoldenArm arm)
    {
        using (arm)
        {
            var outputs = golden.Read($"outputs-{world}");
            AssertMetrics(Assert.Single(arm.Train(1)), weight, golden["batch"], 1e-5,
                name => outputs.TryGetValue(name, out var one) ? one : outputs[$"metric.{name}"]);
            var expected = golden.Read($"grads-{world}");
            Assert.Equal(expected.Keys.Order(StringComparer.Ordinal),
                arm.Weights.Parameters.Keys.Order(StringComparer.Ordinal));
            foreach (var (name, gradient) in expected.Where(IsNoNoise))
                GoldenAssert.Close(gradient, arm.Weights.Parameters[name].grad!, 1e-4, name);
        }
    }

    static void AssertTrajectory(GoldenCase golden, string world, double? weight, GoldenArm arm)
    {
        using (arm)
        {
            var trajectory = golden.Read($"trajectory-{world}");
            var rows = arm.Train(golden["steps"]);
            Assert.Equal(golden["steps"], rows.Count);
            foreach (var row in rows)
                AssertMetrics(row, weight, golden["batch"], 1e-4, name => trajectory[name][row.Step]);
            // The authors' CLIP has a decoder that nothing trains.
            foreach (var (name, expected) in golden.Read($"final-{world}").Where(IsNoNoise)
                .Where(tensor => weight is not null || !tensor.Key.Contains("decoder", StringComparison.Ordinal)))
                Assert.True((expected - arm.Weights.Parameters[name]).abs().max().item<float>() <= 1e-4, name);
        }
    }

    /// <summary>The key third of this bias has gradients near 1e-8.</summary>
    static bool IsNoNoise(KeyValuePair<string, Tensor> tensor) =>
        !tensor.Key.EndsWith("in_proj_bias", StringComparison.Ordinal);

    /// <summary>Compares a step with the mean over the processes.</summary>
    static void AssertMetrics(MetricRow row, double? weight, int batch, double tolerance, Func<string, Tensor> expected)
    {
        var actual = row.Values.ToDictionary();
        Close("loss", actual["loss"]);
        Close("clip_loss", actual["contrastive"]);
        Close("clip_acc", actual["contrastive.accuracy"] * 100);
        if (weight is not { } factor) return;
        Close("recon_loss", actual["language"] * factor);
        Assert.Equal(expected("gate_count").sum().to(ScalarType.Int64).item<long>(),
            Math.Round(actual["language.gate"] * batch, 3));

        void Close(string name, double value)
        {
            var wanted = expected(name).to(ScalarType.Float64).mean().item<double>();
            Assert.True(Math.Abs(value - wanted) <= tolerance * Math.Abs(wanted),
                $"{name} of step {row.Step}: {value} instead of {wanted}");
        }
    }
}
