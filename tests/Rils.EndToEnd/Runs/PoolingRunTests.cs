using System.Text.Json;
using Rils.Contract;

namespace Rils.Tests.Engine.Runs;

/// <summary>An arm's losses and heads see the feature that its backbone makes of an image.</summary>
public sealed class PoolingRunTests : IDisposable
{
    const string Class = "arm.clip.backbone.pooling=class";

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void The_class_token_is_what_losses_and_heads_see()
    {
        var file = tiny.Write(TinyExperiment.Clip, TinyExperiment.Retrieval);
        var (mean, own) = (Ended("mean"), Ended("class", Class));
        Assert.NotEqual(Loss("mean"), Loss("class"));
        // Before the first step both arms have the same weights: the feature alone makes the difference.
        Assert.NotEqual(mean[0], own[0]);

        IReadOnlyDictionary<string, HeadMetric>[] Ended(string name, params string[] sets) =>
            [.. tiny.RunIn(tiny[name], file, null, null, CancellationToken.None, sets).Single().Heads
                .OrderBy(head => head.Step).Select(head => head.Metrics)];

        double Loss(string run) => JsonElement.Parse(TinyExperiment.Metrics(tiny[run], "clip")[0])
            .GetProperty("loss").GetDouble();
    }
}
