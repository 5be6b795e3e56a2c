using Rils.Contract;
using Rils.Runs;
using Rils.Tests.Engine.Runs;
using static TorchSharp.torch;

namespace Rils.Tests.Contracts;

/// <summary>Optimizers that move nothing or keep nothing, schedules whose rates are none.</summary>
public sealed class LearningTests : IDisposable
{
    readonly StrangeExperiment strange = new();

    public void Dispose() => strange.Dispose();

    /// <summary>Plain descent, or nothing at all, from a step on.</summary>
    sealed class Descent(Func<Weights, OptimizerState> start, long from, bool isWhole = false) : IOptimizer
    {
        long steps;

        public OptimizerState Start(Weights weights) => start(weights);

        public void Step(Weights weights, OptimizerState state, double learningRate)
        {
            if (steps++ < from) return;
            foreach (var group in isWhole ? weights.Groups : weights.Groups.Take(1))
                group.Values.add_(group.Gradient, -learningRate);
        }
    }

    sealed class Rates(Func<long, double> rate) : ISchedule
    {
        public double LearningRate(long step) => rate(step);
    }

    static readonly OptimizerState nothing = new(new Dictionary<string, Tensor>());

    static Action<IRilsBuilder> Optimizer(Func<Weights, OptimizerState> start, long from = 0) =>
        rils => rils.Optimizer<StrangePlugin.None>("strange", (_, _) => new Descent(start, from));

    static Action<IRilsBuilder> Schedule(Func<long, double> rate) => rils =>
        rils.Schedule<StrangePlugin.None>("strange", (_, _) => new Rates(rate));

    static readonly string Optimized = $"[[arm]]\nname = \"odd\"\noptimizer = {StrangeExperiment.Kind}";
    static readonly string Scheduled = $"[[arm]]\nname = \"odd\"\nschedule = {StrangeExperiment.Kind}";

    [Fact]
    public void An_optimizer_that_moves_nothing() => Assert.Matches(
        @"^optimizer of arm odd failed at step 0: Step of Descent \(plugin Rils\.Engine\.Tests\): expected other "
            + @"weights after a step with the learning rate [0-9.E-]+ and a gradient that is not zero, got the same",
        strange.Failure(Optimizer(_ => nothing, from: 100), Optimized));

    /// <summary>Where there is no rate nothing need move; the next step is looked at.</summary>
    [Fact]
    public void An_optimizer_is_asked_in_the_first_step_that_has_a_rate()
    {
        void Configure(IRilsBuilder rils)
        {
            Optimizer(_ => nothing, from: 100)(rils);
            Schedule(step => step < 2 ? 0 : 0.1)(rils);
        }
        Assert.StartsWith("optimizer of arm odd failed at step 2: Step of Descent",
            strange.Failure(Configure, $"{Optimized}\nschedule = {StrangeExperiment.Kind}"));
    }

    /// <summary>A step that is too small for most numbers moves one.</summary>
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-12)]
    public void An_optimizer_that_moves_a_group_passes_whatever_the_rate(double rate)
    {
        void Configure(IRilsBuilder rils)
        {
            rils.Optimizer<StrangePlugin.None>("strange", (_, _) => new Descent(_ => nothing, 0, isWhole: true));
            Schedule(_ => rate)(rils);
        }
        var outcome = Assert.Single(strange.Run("tiny", Configure,
            strange.Tiny.Write($"{Optimized}\nschedule = {StrangeExperiment.Kind}"), null, default, "steps=3"));
        Assert.Null(outcome.Failure);
    }

    [Fact]
    public void An_optimizer_without_state() => Assert.StartsWith(
        "optimizer.setup of arm odd failed in setup: OptimizerState of Descent (plugin Rils.Engine.Tests): "
            + "expected a value, got null", strange.Refusal(Optimizer(_ => null!), Optimized));

    [Theory]
    [InlineData(true, "OptimizerState.a of Descent (plugin Rils.Engine.Tests): expected a tensor, got null")]
    [InlineData(false, "OptimizerState.a of Descent (plugin Rils.Engine.Tests): expected a tensor, got a disposed one")]
    public void An_optimizer_whose_state_is_gone(bool isNull, string says) =>
        Assert.Contains(says, strange.Refusal(Optimizer(_ =>
    {
        using var scope = NewDisposeScope();
        return new(new Dictionary<string, Tensor> { ["a"] = isNull ? null! : zeros(3) });
    }), Optimized));

    /// <summary>Makes its moments when it first needs them, as Python's optimizers do.</summary>
    sealed class Lazy(Dictionary<string, Tensor> moments) : IOptimizer
    {
        public OptimizerState Start(Weights weights) => new(moments);

        public void Step(Weights weights, OptimizerState state, double learningRate)
        {
            foreach (var group in weights.Groups)
            {
                moments.TryAdd(group.Name, zeros_like(group.Values).DetachFromDisposeScope());
                group.Values.sub_(moments[group.Name].mul_(0.9).add_(group.Gradient) * learningRate);
            }
        }
    }

    [Fact]
    public void An_optimizer_whose_state_grows_in_a_step_could_not_be_resumed() => Assert.StartsWith(
        "optimizer of arm odd failed at step 0: OptimizerState of Lazy (plugin Rils.Engine.Tests): "
            + "expected the tensors that Start made (), got decay, no_decay after a step: ",
        strange.Failure(rils => rils.Optimizer<StrangePlugin.None>("strange", static (_, _) => new Lazy([])),
            Optimized));

    [Theory]
    [InlineData(double.NaN, "NaN")]
    [InlineData(-1e-3, "-0.001")]
    [InlineData(double.PositiveInfinity, "Infinity")]
    public void A_rate_that_is_none_is_told_before_training_whichever_step_it_is_of(double rate, string got)
    {
        foreach (var at in (long[])[0, 3])
            Assert.EndsWith("LearningRate of Rates (plugin Rils.Engine.Tests): "
                + $"expected a finite number of at least 0, got {got} for step {at}",
                strange.Refusal(Schedule(step => step == at ? rate : 1e-3), Scheduled, "steps=4"));
    }

    /// <summary>In a long run not every step is looked at before.</summary>
    [Fact]
    public void One_that_was_not_looked_at_is_told_in_its_step()
    {
        var calls = 0;
        Assert.StartsWith("schedule of arm odd failed at step 1: LearningRate of Rates",
            strange.Failure(Schedule(_ => calls++ == 1002 ? -1 : 1e-3), Scheduled));
    }
}
