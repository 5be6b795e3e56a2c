using System.Text.Json;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Scheduling;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Plugins.Teachers;

public abstract class EmaTeacherTests(string precision, double close) : IDisposable
{
    static readonly string[] Sets = ["steps=6", "arm.rils.target.gate=none"];

    readonly TinyExperiment tiny = new(precision);

    public void Dispose() => tiny.Dispose();

    /// <summary>At momentum 0 the teacher has the trained weights: only the order of a product and a choice of rows
    /// differ.</summary>
    [Fact]
    public void Without_momentum_it_is_the_teacher_that_follows_at_once()
    {
        var (online, follows, stays) = (Losses(Run(null)), Losses(Run(0)), Losses(Run(1)));
        Assert.All(online.Zip(follows),
            pair => Assert.True(Math.Abs(pair.First - pair.Second) <= close * pair.First, $"{pair}"));
        // All teachers start with the arm's first weights; later only the teacher that stays differs.
        Assert.True(Math.Abs(online[0] - stays[0]) <= close * online[0]);
        Assert.True(Math.Abs(online[^1] - stays[^1]) > 5 * close * online[^1], $"{online[^1]} and {stays[^1]}");
    }

    [Fact]
    public void Other_arms_do_not_notice_it() =>
        Assert.Equal(TinyExperiment.Weights(Run(null), "clip"), TinyExperiment.Weights(Run(0.9), "clip"));

    [Fact]
    public void Encoded_in_chunks_it_is_the_same_teacher() => Assert.All(
        Losses(Run(0.5)).Zip(Losses(Run(0.5, "data.chunk=5", "backbone.recompute=true"))),
        pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 2 * close * pair.First, $"{pair}"));

    [Fact]
    public void Where_nothing_reads_it_it_is_not_made_and_the_arm_is_told_so()
    {
        var file = tiny.Write(TinyExperiment.Clip + "\nteacher = { kind = \"ema\" }");
        var log = new Logged<ExperimentLoader>();
        using var experiment = new ExperimentLoader(TinyExperiment.Plugins.Registry, log).Load(file, []);
        Assert.Contains(log.Lines, line => line.Contains("nothing reads [teacher] of arm clip"));
        var plan = experiment.PlanOf(experiment.NewWorld(seed: 0, device: "cpu")).Arms.Single();
        Assert.DoesNotContain(plan.Systems, system => system.Name.StartsWith("teacher.", StringComparison.Ordinal));
        Assert.Equal(TinyExperiment.Weights(tiny.Run(tiny.Write(TinyExperiment.Clip)), "clip"),
            TinyExperiment.Weights(tiny.Run(file), "clip"));
    }

    string Run(double? momentum, params string[] sets)
    {
        var teacher = momentum is null ? ""
            : FormattableString.Invariant($"\nteacher = {{ kind = \"ema\", momentum = {momentum:0.0} }}");
        return tiny.Run(tiny.Write(TinyExperiment.Rils + teacher, TinyExperiment.Clip), sets: [.. Sets, .. sets]);
    }

    static double[] Losses(string run) =>
        [.. TinyExperiment.Metrics(run, "rils")
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("language").GetDouble())];
}

public sealed class EmaTeacherInFp32Tests() : EmaTeacherTests("fp32", 1e-5);

public sealed class EmaTeacherInBf16Tests() : EmaTeacherTests("bf16", 0.01);
