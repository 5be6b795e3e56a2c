using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.WeightFiles;
using Rils.Scheduling;
using Rils.TestKit.Memory;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Runs;

/// <summary>The garbage collector does not see native memory, so a forgotten tensor makes the process grow until it
/// dies.</summary>
public sealed class GrowthTests : IDisposable
{
    const int Short = 50, Long = 250;

    /// <summary>The bytes that the runtime may still compile and commit after step 50: 15 MiB were seen, and next to
    /// none after step 250. The exact measure is the number of tensors.</summary>
    const long Slack = 24 << 20;

    readonly TinyExperiment tiny = new();

    [Theory]
    [InlineData]
    [InlineData("data.chunk=5", "backbone.recompute=true")]
    public void A_run_holds_as_many_tensors_and_as_much_memory_at_the_end_of_250_steps_as_of_50(params string[] sets)
    {
        var (tensors, bytes) = HeldAtTheEnd(Short, sets);
        var (more, grown) = HeldAtTheEnd(Long, sets);
        Assert.Equal(tensors, more);
        Assert.True(grown <= bytes + Slack,
            $"resident memory was {bytes >> 20} MiB after {Short} steps and {grown >> 20} after {Long}");
    }

    /// <summary>The number of tensors that a run has made since its start and holds after its last step, and the
    /// process's resident memory there, in bytes.</summary>
    /// <remarks>No frame is under way after the last step, so the host lane holds nothing that depends on the lanes'
    /// speed.</remarks>
    (long Tensors, long Bytes) HeldAtTheEnd(int steps, string[] sets)
    {
        long begun = 0, held = 0, bytes = 0;
        var sink = new CallbackSink(
            started: _ => begun = Live,
            trained: step =>
            {
                if (step == steps) (held, bytes) = (Live, Process.GetCurrentProcess().WorkingSet64);
            });
        tiny.Run(tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip), null, sink, [$"steps={steps}", .. sets]);
        return (held - begun, bytes);
    }

    [Fact]
    public void At_its_end_a_run_lets_go_of_all_tensors_of_its_State()
    {
        var plugins = TinyExperiment.Plugins;
        using var experiment = new ExperimentLoader(plugins.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny.Write(TinyExperiment.Rils), []);
        var plan = experiment.PlanOf(experiment.NewWorld(seed: 0, device: "cpu"));
        var arm = plan.World.Arms.Single();
        List<Tensor> tensors = [];
        using (var runner = new Runner(plan, 0, 1, NewDisposeScope))
        {
            runner.Setup();
            var weights = runner.Find<Weights>(arm)!;
            tensors.AddRange([.. weights.Groups.SelectMany(group => (Tensor[])[group.Values, group.Gradient]),
                .. weights.Buffers.Values]);
            foreach (var state in runner.States(arm).Select(state => state.Value))
            {
                if (state is ICheckpointed kept) tensors.AddRange(kept.Tensors.Values);
                if (state is nn.Module module) tensors.AddRange([.. module.parameters(), .. module.buffers()]);
            }
            Assert.All(tensors, tensor => Assert.False(tensor.IsInvalid));
        }
        Assert.True(tensors.Count > 140);
        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void A_later_seed_starts_with_as_many_tensors_as_the_first_did()
    {
        // The first evaluation of a process leaves a few tensors, once, which are no growth.
        var file = tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip, TinyExperiment.Retrieval);
        tiny.Run(file);
        var before = Live;
        List<long> started = [];
        var sink = new CallbackSink(started: _ => started.Add(Live));
        var run = tiny.Run(file, null, sink, "seeds=[0, 1, 2]");
        var after = Live;
        var miscount = Miscount() * new[] { "rils", "clip" }.Sum(arm => Parameters(run, arm));
        Assert.Equal([started[0], started[0] + miscount, started[0] + 2 * miscount], started);
        Assert.Equal(before + 3 * miscount, after);
    }

    /// <summary>1 where TorchSharp goes on counting the tensor that a parameter was made of, as 0.107 does; otherwise
    /// 0.</summary>
    static long Miscount()
    {
        var before = Live;
        new Parameter(zeros(1)).Dispose();
        return Live - before;
    }

    /// <summary>The number of parameters that an arm makes of tensors. An embedding's is made natively, and position
    /// tables are no parameters.</summary>
    static long Parameters(string run, string arm)
    {
        using var scope = NewDisposeScope();
        return SafeTensors.Read(Path.Combine(run, "seed-0", arm, "model.safetensors")).Keys
            .Count(name => name != "token_embedding.weight" && !name.Contains("pos_embed"));
    }

    /// <summary>The number of live tensors, without those that stand for an absent gradient. A tensor that waits for
    /// its finalizer is no growth.</summary>
    static long Live => LiveTensors.Settled() - ActivationCheckpoint.Absent;

    public void Dispose() => tiny.Dispose();
}
