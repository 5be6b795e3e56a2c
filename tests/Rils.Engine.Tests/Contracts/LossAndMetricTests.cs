using Rils.Contract;
using Rils.Scheduling;
using TorchSharp;
using static TorchSharp.torch;

namespace Rils.Tests.Contracts;

/// <summary>Losses and metrics of plugins' own systems: single finite numbers, and a loss depends on the
/// weights.</summary>
public sealed class LossAndMetricTests : IDisposable
{
    static readonly string Arm =
        $"[[arm]]\nname = \"odd\"\nobjective = [{{ kind = \"contrastive\" }}, {StrangeExperiment.Kind}]";

    readonly StrangeExperiment strange = new();

    public void Dispose() => strange.Dispose();

    delegate void Objective(in StrangePlugin.None options, in ImageEmbedding images, Append<LossTerm> losses,
        Append<Metric> metrics);

    static Action<IRilsBuilder> With(Func<Tensor, LossTerm?> loss, Func<Tensor, Metric?>? metric = null) => rils =>
        rils.Objective<StrangePlugin.None>("strange")
        .System(Stage.Objective, "odd.loss",
        (Objective)((in StrangePlugin.None _, in ImageEmbedding images, Append<LossTerm> losses,
        Append<Metric> metrics) =>
        {
            losses.Add(loss(images.Vectors)!);
            if (metric is not null) metrics.Add(metric(images.Vectors)!);
        }));

    static LossTerm Sound(Tensor vectors) => new("strange", vectors.to(ScalarType.Float32).mean());

    public static TheoryData<string, string> Losses => new()
    {
        { "vector", "the loss `strange` of odd.loss (plugin Strange): expected a single number, [] = [], got [12]" },
        { "one element",
            "the loss `strange` of odd.loss (plugin Strange): expected a single number, [] = [], got [1]" },
        { "integer", "the loss `strange` of odd.loss (plugin Strange): expected floating-point numbers, got Int64" },
        { "detached",
            "the loss `strange` of odd.loss (plugin Strange): "
                + "expected a number that depends on the weights, got a constant, which has no gradient" },
        { "NaN", "the loss `strange` of odd.loss (plugin Strange): expected finite numbers, got NaN" },
        { "weight",
            "the weight of the loss `strange` of odd.loss (plugin Strange): expected a finite number, got NaN" },
        { "name", "the name of a loss of odd.loss (plugin Strange): expected some letters, got null" },
        { "null value", "the loss `strange` of odd.loss (plugin Strange): expected a tensor, got null" },
        { "null", "what is appended of odd.loss (plugin Strange): expected a value, got null" },
        { "disposed", "the loss `strange` of odd.loss (plugin Strange): expected a tensor, got a disposed one" },
    };

    static LossTerm? Loss(string how, Tensor vectors)
    {
        var sound = Sound(vectors);
        switch (how)
        {
            case "vector": return sound with { Value = vectors.mean([1L]) };
            case "one element": return sound with { Value = sound.Value.reshape(1) };
            case "integer": return sound with { Value = sound.Value.to(ScalarType.Int64) };
            case "detached": return sound with { Value = sound.Value.detach() };
            case "NaN": return sound with { Value = sound.Value * double.NaN };
            case "weight": return sound with { Weight = double.NaN };
            case "name": return sound with { Name = null! };
            case "null value": return sound with { Value = null! };
            case "null": return null;
            default:
                sound.Value.Dispose();
                return sound;
        }
    }

    [Theory, MemberData(nameof(Losses))]
    public void A_loss(string how, string says) => Assert.StartsWith(
        $"odd.loss[strange] of arm odd failed at step 0: {says}",
            strange.Failure(With(vectors => Loss(how, vectors)), Arm));

    [Theory]
    [InlineData("vector", "the metric `m` of odd.loss (plugin Strange): expected a single number, [] = [], got [12]")]
    [InlineData("name", "the name of a metric of odd.loss (plugin Strange): expected some letters, got none")]
    [InlineData("count", "the metric `m` of odd.loss (plugin Strange): expected floating-point numbers, got Int64")]
    [InlineData("infinite", "the metric `m` of odd.loss (plugin Strange): expected finite numbers, got Infinity")]
    [InlineData("null", "what is appended of odd.loss (plugin Strange): expected a value, got null")]
    public void A_metric(string how, string says) =>
        Assert.StartsWith($"odd.loss[strange] of arm odd failed at step 0: {says}",
        strange.Failure(With(Sound, vectors => how switch
    {
        "vector" => new("m", vectors.detach().mean([1L])),
        "count" => new("m", tensor(3L)),
        "name" => new(" ", tensor(3f)),
        "infinite" => new("m", tensor(float.PositiveInfinity)),
        _ => null,
    }), Arm));

    /// <summary>After the first step only the numbers themselves are looked at, when they come to the host.</summary>
    [Fact]
    public void A_number_that_ceases_to_be_one_is_told_with_the_system_that_it_comes_from()
    {
        var calls = 0;
        var failure = strange.Failure(With(vectors =>
            Sound(vectors) with { Value = Sound(vectors).Value * (calls++ < 2 ? 1 : double.NaN) }), Arm, "steps=5");
        Assert.StartsWith("metrics of arm odd failed at step 4: strange was NaN at step 2: ", failure);
        Assert.EndsWith("; it comes from the system odd.loss of Strange", failure);
    }
}
