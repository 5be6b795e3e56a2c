using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Checkpoints;

/// <summary>A kill may come between the writing of a checkpoint and the removal of the oldest: one too many is
/// left.</summary>
public sealed class LeftOverCheckpointTests : IDisposable
{
    readonly TinyExperiment tiny = new();

    [Fact]
    public void A_run_that_goes_on_removes_the_one_too_many()
    {
        string[] sets = ["steps=8", "checkpoint.every=2"];
        var file = tiny.Write(TinyExperiment.Clip);
        var run = tiny.Run(file, null, null, sets);
        var checkpoints = Path.Combine(run, "seed-0", "checkpoints");
        string[] kept = [.. Directory.GetDirectories(checkpoints).Order(StringComparer.Ordinal)];
        Assert.Equal(2, kept.Length);
        var older = Directory.CreateDirectory(Path.Combine(checkpoints, "step-000000002")).FullName;
        foreach (var left in Directory.GetFiles(kept[0])) File.Copy(left, Path.Combine(older, Path.GetFileName(left)));
        File.Delete(Path.Combine(run, "seed-0", "outcome.json"));
        tiny.RunIn(run, file, null, null, CancellationToken.None, sets);
        Assert.Equal(kept, Directory.GetDirectories(checkpoints).Order(StringComparer.Ordinal));
    }

    public void Dispose() => tiny.Dispose();
}
