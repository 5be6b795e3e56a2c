using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Loading;

/// <summary>The loader reports all mistakes of an experiment, each with its place, before anything is
/// trained.</summary>
public sealed class ExperimentLoaderTests : IDisposable
{
    static readonly Lazy<PluginRegistry> Plugins = new(() => TinyExperiment.Plugins.Registry);

    readonly TinyExperiment tiny = new();

    [Fact]
    public void A_language_target_without_text_names_what_the_arm_lacks()
    {
        var problem =
            Assert.Single(Problems(TinyExperiment.Rils + "\ntext = \"none\"\nspace = \"none\"\nobjective = \"none\""));
        Assert.Contains("[target] of kind language cannot work in arm rils, which lacks [space], [text]: "
            + "add them, or drop this by target = \"none\" in the arm", problem);
    }

    [Fact]
    public void A_contrast_without_text_and_a_target_without_a_decoder_cannot_work()
    {
        Assert.Contains("[[objective]] of kind contrastive cannot work in arm clip, which lacks [text]",
            Assert.Single(Problems(TinyExperiment.Clip + "\ntext = \"none\"")));
        var decoder = Problems(TinyExperiment.Rils.Replace("decoder = { kind = \"mae\" }", ""));
        Assert.Contains("[target] of kind language cannot work in arm rils, which lacks [decoder]: add it",
            Assert.Single(decoder));
    }

    [Fact]
    public void An_arm_without_a_loss_trains_nothing() =>
        Assert.Contains("arm clip trains nothing: it has no loss; give it a [target] or an [[objective]]",
            Assert.Single(Problems(TinyExperiment.Clip + "\nobjective = \"none\"")));

    [Fact]
    public void Mistakes_of_all_kinds_are_told_together_each_with_its_place()
    {
        var problems = Problems(
            """
            [[arm]]
            name    = "rils"
            maskng  = { kind = "random" }
            masking = { kind = "randm" }
            decoder = { kind = "mae", dept = 2 }
            target  = { kind = "language", weight = -1 }
            """, "data.train=nothing-*.tar", "schedule.learning_rate=\"fast\"");
        Assert.Equal(6, problems.Count);
        Assert.All(problems, problem => Assert.Matches(@"^(.*\.toml:\d+:\d+|--set .*): ", problem));
        Assert.Contains(problems, problem => problem.Contains("unknown table `maskng`; did you mean `masking`?"));
        Assert.Contains(problems, problem => problem.Contains(
            "unknown kind `randm` in [masking]; did you mean `random`? Kinds: "
            + "attended, block, grid, random, random-ramp, similar. If a plugin brings it, name the plugin's folder by "
            + "--plugins DIR."));
        Assert.Contains(problems,
            problem => problem.Contains("unknown key `dept` in [decoder]; did you mean `depth`?"));
        Assert.Contains(problems, problem => problem.Contains("`weight` in [target]"));
        Assert.Contains(problems, problem => problem.Contains("nothing-*.tar"));
        Assert.Contains(problems, problem => problem.Contains("`learning_rate` in [schedule]"));
    }

    [Fact]
    public void More_than_one_length_and_a_batch_that_the_data_cannot_fill_are_refused()
    {
        Assert.Contains("give the length of the run by exactly one of epochs, steps and samples",
            Assert.Single(Problems(TinyExperiment.Clip, "epochs=1", "samples=10")));
        Assert.Contains("training samples do not fill one batch of 5000: lower `batch`",
            Assert.Single(Problems(TinyExperiment.Clip, "data.batch=5000")));
    }

    [Fact]
    public void A_chunk_that_is_no_part_of_the_batch_is_refused()
    {
        Assert.Contains("chunk = 13 is more than batch = 12: lower it",
            Assert.Single(Problems(TinyExperiment.Clip, "data.chunk=13")));
        Assert.Contains("`chunk` in [data] is 0", Assert.Single(Problems(TinyExperiment.Clip, "data.chunk=0")));
    }

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
        Assert.Contains(messages, message =>
            message.StartsWith("[target] of kind language cannot work in arm deaf, which lacks [masking], [text]:"));
        Assert.Contains(messages, message =>
            message.StartsWith("[[objective]] of kind contrastive cannot work in arm deaf, which lacks [text]:"));
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
        Assert.StartsWith("[schedule]: both warmup_epochs and warmup_steps are given", messages[1]);
        Assert.StartsWith("arm idle trains nothing", messages[2]);
    }

    [Fact]
    public void A_table_that_is_wrong_is_not_called_missing() =>
        Assert.Equal(["`ratio` in [masking] is 2; allowed: above 0 to below 1"],
            MistakesOf(TinyExperiment.Rils, "arm.rils.masking.ratio=2"));

    [Fact]
    public void Widths_and_heads_that_do_not_fit_are_told_together() => Assert.Equal(
    [
        "[backbone]: width = 18 is not divisible by 4, which sine-cosine positions need; take 20",
        "[decoder]: width = 20 is not divisible by heads = 3; change one of them: a width of 24 fits",
        "[text]: width = 16 is not divisible by heads = 3; change one of them: a width of 24 fits",
    ], MistakesOf(TinyExperiment.Rils, "backbone.width=18", "text.heads=3", "arm.rils.decoder.width=20",
    "arm.rils.decoder.heads=3").Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("metrics.jsonl")]
    [InlineData("Checkpoints")]
    [InlineData("tensorboard")]
    [InlineData("outcome.json")]
    public void An_arm_cannot_take_the_name_of_what_lies_beside_its_folder(string name) =>
        Assert.StartsWith($"an arm cannot be called `{name}`",
            Assert.Single(MistakesOf($"[[arm]]\nname = \"{name}\"")));

    [Theory]
    [InlineData("arm")]
    [InlineData("step")]
    [InlineData("loss")]
    [InlineData("learning_rate")]
    public void An_objective_cannot_take_a_name_that_the_metrics_have(string name) =>
        Assert.StartsWith($"an objective cannot be called `{name}`",
            Assert.Single(MistakesOf(TinyExperiment.Clip, $"objective.contrastive.name={name}")));

    public void Dispose() => tiny.Dispose();

    /// <summary>The messages without their places.</summary>
    IReadOnlyList<string> MistakesOf(string arms, params string[] sets) =>
        [.. Refusal(arms, sets).Problems.Select(problem => problem.Message)];

    IReadOnlyList<string> Problems(string arm, params string[] sets) =>
        [.. Refusal(arm, sets).Problems.Select(problem => problem.ToString())];

    ExperimentException Refusal(string arms, string[] sets)
    {
        var loader = new ExperimentLoader(Plugins.Value, NullLogger<ExperimentLoader>.Instance);
        return Assert.Throws<ExperimentException>(() => loader.Load(tiny.Write(arms), sets).Dispose());
    }
}
