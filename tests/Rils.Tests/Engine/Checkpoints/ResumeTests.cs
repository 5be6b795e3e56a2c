using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Checkpoints;

/// <summary>Stopped anywhere and resumed, a run gives the bits of one that was never stopped.</summary>
public sealed class ResumeTests : IDisposable
{
    static readonly string[] Sets = ["steps=24", "checkpoint.every=7"];

    readonly TinyExperiment tiny = new();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    // Stopped whenever an evaluation is due, after the last step too.
    [InlineData(1, true)]
    [InlineData(1, false, "data.chunk=5", "backbone.recompute=true")]
    public void Stopped_several_times_it_ends_with_the_same_bytes(int everyDrains, bool hasHeads = false, params string[] more)
    {
        string[] sets = [.. Sets, .. more];
        var file = tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip, hasHeads ? TinyExperiment.Retrieval : "");
        var whole = tiny["whole"];
        tiny.RunIn(whole, file, null, null, CancellationToken.None, sets);
        var stopped = tiny["stopped"];
        for (var sessions = 0; !File.Exists(Path.Combine(stopped, "results.json")); sessions++)
        {
            Assert.True(sessions < 10, "resuming makes no progress");
            using var stop = new CancellationTokenSource();
            var heard = 0;
            tiny.RunIn(stopped, file, null, new SilentObserver(_ =>
            {
                if (++heard == everyDrains) stop.Cancel();
            }), stop.Token, sets);
        }
        foreach (var arm in (string[])["rils", "clip"]) Assert.Equal(TinyExperiment.Weights(whole, arm), TinyExperiment.Weights(stopped, arm));
        foreach (var name in (string[])["results.json", "seed-0/metrics.jsonl", "seed-0/outcome.json"])
            Assert.Equal(File.ReadAllText(Path.Combine(whole, name)), File.ReadAllText(Path.Combine(stopped, name)));
    }

    public void Dispose() => tiny.Dispose();
}
