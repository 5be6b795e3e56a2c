using Rils.Abstractions;
using Rils.Engine.Experiments;
using Rils.LanguageTarget;
using Rils.Tests.Engine.Runs;
using Rils.Tests.Plugins.Fakes;
using System.Text.Json;
using static TorchSharp.torch;

namespace Rils.Tests.Plugins.LanguageTarget;

public abstract class EmaTeacherTests(string precision, double close) : IDisposable
{
    static readonly string[] Sets = ["steps=6", "arm.rils.target.gate=none"];

    readonly TinyExperiment tiny = new(precision);

    public void Dispose() => tiny.Dispose();

    /// <summary>At momentum 0 the teacher has the trained weights, so all that differs is the order of a product and a choice of rows.</summary>
    [Fact]
    public void Without_momentum_it_is_the_teacher_that_follows_at_once()
    {
        var (online, follows, stays) = (Losses(Run(null)), Losses(Run(0)), Losses(Run(1)));
        Assert.All(online.Zip(follows), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= close * pair.First, $"{pair}"));
        // All teachers start as the arm's first weights; then only the one that stays is another.
        Assert.True(Math.Abs(online[0] - stays[0]) <= close * online[0]);
        Assert.True(Math.Abs(online[^1] - stays[^1]) > 5 * close * online[^1], $"{online[^1]} and {stays[^1]}");
    }

    [Fact]
    public void Other_arms_do_not_notice_it() => Assert.Equal(TinyExperiment.Weights(Run(null), "clip"), TinyExperiment.Weights(Run(0.9), "clip"));

    [Fact]
    public void Encoded_in_chunks_it_is_the_same_teacher() => Assert.All(
        Losses(Run(0.5)).Zip(Losses(Run(0.5, "data.chunk=5", "backbone.recompute=true"))),
        pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 2 * close * pair.First, $"{pair}"));

    [Fact]
    public void An_arm_without_a_language_target_is_refused()
    {
        var file = tiny.Write(TinyExperiment.Clip + "\nteacher = { kind = \"ema\" }");
        var problem = Assert.Single(Assert.Throws<ExperimentException>(() => tiny.Run(file)).Problems);
        Assert.Contains("[teacher] of kind ema cannot work in arm clip, which lacks [target]", problem.Message);
    }

    string Run(double? momentum, params string[] sets)
    {
        var teacher = momentum is null ? "" : FormattableString.Invariant($"\nteacher = {{ kind = \"ema\", momentum = {momentum:0.0} }}");
        return tiny.Run(tiny.Write(TinyExperiment.Rils + teacher, TinyExperiment.Clip), sets: [.. Sets, .. sets]);
    }

    static double[] Losses(string run) =>
        [.. TinyExperiment.Metrics(run, "rils").Select(line => JsonDocument.Parse(line).RootElement.GetProperty("language").GetDouble())];
}

public sealed class EmaTeacherInFp32Tests() : EmaTeacherTests("fp32", 1e-5)
{
    [Fact]
    public void It_is_the_moving_average_of_the_weights()
    {
        using var scope = NewDisposeScope();
        var values = Draws.Normal("values", 40);
        var weights = new Weights([], new Dictionary<string, Tensor> { ["a"] = values.narrow(0, 0, 16), ["b"] = values.narrow(0, 16, 3) }, new Dictionary<string, Tensor>());
        var teacher = new EmaWeights(new Dictionary<string, Tensor> { ["a"] = weights.Parameters["a"].clone() });
        var expected = weights.Parameters["a"].data<float>().Select(value => (double)value).ToArray();
        for (var step = 0; step < 20; step++)
        {
            values.add_(Draws.Normal($"step {step}", 40));
            EmaTeacher.Follow(new() { Momentum = 0.7 }, weights, ref teacher);
            expected = [.. expected.Zip(weights.Parameters["a"].data<float>(), (mean, value) => 0.7 * mean + 0.3 * value)];
        }
        Assert.All(expected.Zip(teacher.Tensors["a"].data<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void The_arms_own_weights_are_back_even_if_the_pass_fails()
    {
        using var scope = NewDisposeScope();
        var (values, rounded) = (Draws.Normal("values", 8), zeros(8, ScalarType.BFloat16));
        var weights = new Weights([new("decay", 1, values, zeros(8), rounded)], new Dictionary<string, Tensor> { ["a"] = values.narrow(0, 0, 3) }, new Dictionary<string, Tensor>());
        weights.Round();
        var (before, roundedBefore) = (values.clone(), rounded.clone());
        var teacher = new EmaWeights(new Dictionary<string, Tensor> { ["a"] = ones(3) });
        var seen = teacher.Lend(weights, () => rounded.to(ScalarType.Float32));
        Assert.Equal([1, 1, 1], seen.data<float>().Take(3));
        Assert.Equal(before[3].item<float>(), seen[3].item<float>(), 0.02);
        Assert.Throws<InvalidOperationException>(() => teacher.Lend(weights, () => throw new InvalidOperationException()));
        Assert.True(values.Equals(before) && rounded.Equals(roundedBefore));
    }
}

public sealed class EmaTeacherInBf16Tests() : EmaTeacherTests("bf16", 0.01);
