using Microsoft.Extensions.Logging.Abstractions;
using Rils.Engine.Experiments;
using Rils.Engine.Loading;
using Rils.Engine.Plugins;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Loading;

public sealed class ExperimentLoaderTests : IDisposable
{
    static readonly PluginSet Plugins = PluginLoader.Load(TinyExperiment.PluginFolders);
    readonly TinyExperiment tiny = new();

    [Fact]
    public void An_arm_that_cannot_work_is_told_together_with_other_mistakes()
    {
        var messages = MistakesOf("""
            [[arm]]
            name = "deaf"
            text = "none"
            target = { kind = "language" }
            decoder = { kind = "mae", depht = 1 }
            [[arm]]
            name = "idle"
            objective = "none"
            """, "data.train=gone/*.tar", "schedule.kind=constnat");
        Assert.Contains(messages, message => message.StartsWith("[target] of kind language cannot work in arm deaf, which lacks [masking], [text]:"));
        Assert.Contains(messages, message => message.StartsWith("[[objective]] of kind contrastive cannot work in arm deaf, which lacks [text]:"));
        Assert.Contains(messages, message => message.StartsWith("unknown key `depht` in [decoder]"));
        Assert.Contains(messages, message => message.StartsWith("`train` in [data]: no shard matches"));
        Assert.Contains(messages, message => message.StartsWith("unknown kind `constnat` in [schedule]"));
    }

    [Fact]
    public void What_plugins_refuse_is_told_for_every_arm()
    {
        var messages = MistakesOf("""
            [[arm]]
            name = "long"
            schedule = { kind = "cosine", learning_rate = 1e-3, warmup_steps = 6 }
            [[arm]]
            name = "both"
            schedule = { kind = "cosine", learning_rate = 1e-3, warmup_steps = 1, warmup_epochs = 0.01 }
            [[arm]]
            name = "idle"
            objective = "none"
            """);
        Assert.Equal(3, messages.Count);
        Assert.StartsWith("[schedule]: warmup_steps = 6 is not shorter than the run of 6 steps", messages[0]);
        Assert.StartsWith("[schedule]: it has both warmup_epochs and warmup_steps", messages[1]);
        Assert.StartsWith("arm idle trains nothing", messages[2]);
    }

    [Fact]
    public void A_table_that_is_wrong_is_not_called_missing() =>
        Assert.Equal(["`ratio` in [masking] is 2; allowed: above 0 to below 1"], MistakesOf(TinyExperiment.Rils, "arm.rils.masking.ratio=2"));

    [Theory]
    [InlineData("metrics.jsonl")]
    [InlineData("Checkpoints")]
    [InlineData("tensorboard")]
    [InlineData("outcome.json")]
    public void An_arm_cannot_take_the_name_of_what_lies_beside_its_folder(string name) =>
        Assert.StartsWith($"an arm cannot be called `{name}`", Assert.Single(MistakesOf($"[[arm]]\nname = \"{name}\"")));

    [Theory]
    [InlineData("arm")]
    [InlineData("step")]
    [InlineData("loss")]
    [InlineData("learning_rate")]
    public void An_objective_cannot_take_a_name_that_the_metrics_have(string name) =>
        Assert.StartsWith($"an objective cannot be called `{name}`", Assert.Single(MistakesOf(TinyExperiment.Clip, $"objective.contrastive.name={name}")));

    IReadOnlyList<string> MistakesOf(string arms, params string[] sets)
    {
        var error = Assert.Throws<ExperimentException>(() =>
            new ExperimentLoader(Plugins.Registry, NullLogger<ExperimentLoader>.Instance).Load(tiny.Write(arms), sets));
        return [.. error.Problems.Select(problem => problem.Message)];
    }

    public void Dispose() => tiny.Dispose();
}
