using System.Text.Json;
using Rils.Contract;

namespace Rils.Tests.Engine.Runs;

/// <summary>Drop path in whole runs: what it leaves out is a matter of seed, step, place and pass alone.</summary>
public sealed class DropPathRunTests : IDisposable
{
    const string Drop = "backbone.drop_path=0.5";

    static readonly string Twin = TinyExperiment.Rils.Replace("\"rils\"", "\"twin\"");

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void Equal_arms_leave_out_the_same_whatever_stands_beside_them()
    {
        var (both, alone) = (tiny.Run(tiny.Write(TinyExperiment.Rils, Twin, TinyExperiment.Clip), sets: [Drop]),
            tiny.Run(tiny.Write(Twin), sets: [Drop]));
        Assert.Equal(TinyExperiment.Weights(both, "rils"), TinyExperiment.Weights(both, "twin"));
        Assert.Equal(TinyExperiment.Weights(both, "twin"), TinyExperiment.Weights(alone, "twin"));
        var without = tiny.Run(tiny.Write(Twin));
        Assert.NotEqual(TinyExperiment.Weights(alone, "twin"), TinyExperiment.Weights(without, "twin"));
        // An arm without drop path beside one that has it is the arm that it is alone.
        var mixed = tiny.Run(tiny.Write(TinyExperiment.Rils, Twin), sets: ["arm.rils.backbone.drop_path=0.5"]);
        Assert.Equal(TinyExperiment.Weights(without, "twin"), TinyExperiment.Weights(mixed, "twin"));
        Assert.Equal(TinyExperiment.Weights(both, "rils"), TinyExperiment.Weights(mixed, "rils"));
    }

    /// <summary>The gate selects images for the masked pass, so their noise is selected too; SLIP has two
    /// views.</summary>
    [Theory]
    [InlineData("compute.parts=1")]
    [InlineData("compute.parts=3")]
    [InlineData("data.chunk=5")]
    [InlineData("backbone.recompute=true")]
    [InlineData("data.chunk=5", "backbone.recompute=true", "compute.parts=4")]
    public void Parts_chunks_and_recomputation_change_no_loss_beyond_rounding(params string[] how)
    {
        var file = tiny.Write(TinyExperiment.Rils, TinyExperiment.MaeClip);
        var (plain, other) = (tiny.Run(file, sets: [Drop]), tiny.Run(file, sets: [Drop, .. how]));
        var without = tiny.Run(file);
        foreach (var arm in (string[])["rils", "mae-clip"])
        {
            var (expected, actual) = (Losses(plain, arm), Losses(other, arm));
            Assert.Equal(6, expected.Length);
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 2e-3 * pair.First));
            Assert.Equal(expected[0], actual[0], 1e-5 * expected[0]);
            Assert.True(Math.Abs(expected[0] - Losses(without, arm)[0]) > 1e-4 * expected[0], "nothing was dropped");
        }
    }

    /// <summary>Both views of an image have noise of their own, and so has the whole image.</summary>
    [Fact]
    public void Views_are_dropped_too_and_evaluations_are_not()
    {
        var file = tiny.Write(TinyExperiment.Slip, TinyExperiment.Retrieval);
        var (dropped, plain) = (Evaluated("dropped", Drop), Evaluated("plain"));
        Assert.NotEqual(TinyExperiment.Weights(tiny["dropped"], "slip"), TinyExperiment.Weights(tiny["plain"], "slip"));
        // Before the first step both arms have the same weights, so the same evaluation; not after the last.
        Assert.Equal(plain[0], dropped[0]);
        Assert.NotEqual(plain[^1], dropped[^1]);

        IReadOnlyDictionary<string, HeadMetric>[] Evaluated(string name, params string[] sets) =>
            [.. tiny.RunIn(tiny[name], file, null, null, CancellationToken.None, sets).Single().Heads
                .OrderBy(head => head.Step).Select(head => head.Metrics)];
    }

    static double[] Losses(string run, string arm) => [.. TinyExperiment.Metrics(run, arm)
        .Select(line => JsonElement.Parse(line)).Where(row => row.TryGetProperty("loss", out _))
        .Select(row => row.GetProperty("loss").GetDouble())];
}
