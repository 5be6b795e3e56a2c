using Rils.Contract;
using Rils.Runs;
using Rils.Tests.Golden;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Training;

/// <summary>The authors' gradients and trajectories, reached through the scheduler, the flat buffers and the fused
/// optimizer.</summary>
[Trait("Category", "Golden")]
public sealed class GoldenRilsTests
{
    /// <summary>The cases, each at once and with a part for each sample.</summary>
    public static TheoryData<string, bool> Cases
    {
        get
        {
            TheoryData<string, bool> cases = [];
            foreach (string folder in GoldenCases.Of("rils"))
                foreach (var inParts in (bool[])[false, true]) cases.Add(folder, inParts);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Every_gradient_is_the_authors(string folder, bool inParts)
    {
        var golden = new GoldenCase(folder);
        using var arm = new GoldenArm(
            golden, [golden.Read("inputs")["mask_noise"]], parts: inParts ? golden["batch"] : 1);
        var row = Assert.Single(arm.Train(1));
        AssertLosses(golden.Json.GetProperty("loss").GetProperty, row, golden.Number("loss_weight"), 1e-5);
        var expected = golden.Read("grads");
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal),
            arm.Weights.Parameters.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, gradient) in expected)
            GoldenAssert.CloseInNorm(gradient, arm.Weights.Parameters[name].grad!, 1e-4, name);
    }

    [Theory, MemberData(nameof(Cases))]
    public void Training_follows_the_authors_trajectory(string folder, bool inParts)
    {
        var golden = new GoldenCase(folder);
        var steps = golden.Json.GetProperty("trajectory");
        using var noise = golden.Read("trajectory")["mask_noise"];
        using var arm = new GoldenArm(golden, noise.unbind(), parts: inParts ? golden["batch"] : 1);
        var rows = arm.Train(steps.GetArrayLength());
        Assert.Equal(steps.GetArrayLength(), rows.Count);
        foreach (var row in rows)
            AssertLosses(steps[(int)row.Step].GetProperty, row, golden.Number("loss_weight"), 1e-3);
        foreach (var (name, expected) in golden.Read("final")
            .Where(pair => !pair.Key.EndsWith("in_proj_bias", StringComparison.Ordinal)))
            GoldenAssert.CloseInNorm(expected, arm.Weights.Parameters[name], 1e-3, name);
    }

    static void AssertLosses(Func<string, System.Text.Json.JsonElement> expected, MetricRow row,
        double weight, double tolerance)
    {
        var actual = row.Values.ToDictionary();
        Close("loss", actual["loss"]);
        Close("clip_loss", actual["contrastive"]);
        Close("recon_loss", actual["language"] * weight);
        Close("clip_acc", actual["contrastive.accuracy"] * 100);

        void Close(string name, double value)
        {
            var wanted = expected(name).GetDouble();
            Assert.True(Math.Abs(value - wanted) <= tolerance * Math.Abs(wanted),
                $"{name} of step {row.Step}: {value} instead of {wanted}");
        }
    }
}
