using Microsoft.Extensions.Logging.Abstractions;
using Rils.Engine.Experiments;
using Rils.Engine.Loading;
using Rils.Engine.Plugins;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Loading;

/// <summary>What is wrong with an experiment is told before anything is trained, all of it, with its place.</summary>
public sealed class ExperimentLoaderTests : IDisposable
{
    static readonly Lazy<PluginRegistry> Plugins = new(() => PluginLoader.Load(TinyExperiment.PluginFolders).Registry);

    readonly TinyExperiment tiny = new();

    [Fact]
    public void A_language_target_without_text_names_what_the_arm_lacks()
    {
        var problem = Assert.Single(Problems(TinyExperiment.Rils + "\ntext = \"none\"\nspace = \"none\"\nobjective = \"none\""));
        Assert.Contains("[target] of kind language cannot work in arm rils, which lacks [space], [text]: add them, or drop this by target = \"none\" in the arm", problem);
    }

    [Fact]
    public void A_contrast_without_text_and_a_target_without_a_decoder_cannot_work()
    {
        Assert.Contains("[[objective]] of kind contrastive cannot work in arm clip, which lacks [text]", Assert.Single(Problems(TinyExperiment.Clip + "\ntext = \"none\"")));
        var decoder = Problems(TinyExperiment.Rils.Replace("decoder = { kind = \"mae\" }", ""));
        Assert.Contains("[target] of kind language cannot work in arm rils, which lacks [decoder]: add it", Assert.Single(decoder));
    }

    [Fact]
    public void An_arm_without_a_loss_trains_nothing() =>
        Assert.Contains("arm clip trains nothing: it has no loss; give it a [target] or an [[objective]]", Assert.Single(Problems(TinyExperiment.Clip + "\nobjective = \"none\"")));

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
        Assert.Contains(problems, problem => problem.Contains("unknown kind `randm` in [masking]; did you mean `random`? Kinds: random."));
        Assert.Contains(problems, problem => problem.Contains("unknown key `dept` in [decoder]; did you mean `depth`?"));
        Assert.Contains(problems, problem => problem.Contains("`weight` in [target]"));
        Assert.Contains(problems, problem => problem.Contains("nothing-*.tar"));
        Assert.Contains(problems, problem => problem.Contains("`learning_rate` in [schedule]"));
    }

    [Fact]
    public void More_than_one_length_and_a_batch_that_the_data_cannot_fill_are_refused()
    {
        Assert.Contains("give the length of the run by exactly one of epochs, steps and samples", Assert.Single(Problems(TinyExperiment.Clip, "epochs=1", "samples=10")));
        Assert.Contains("training samples do not fill one batch of 5000: lower `batch`", Assert.Single(Problems(TinyExperiment.Clip, "data.batch=5000")));
    }

    public void Dispose() => tiny.Dispose();

    IReadOnlyList<string> Problems(string arm, params string[] sets)
    {
        var loader = new ExperimentLoader(Plugins.Value, NullLogger<ExperimentLoader>.Instance);
        var refused = Assert.Throws<ExperimentException>(() => loader.Load(tiny.Write(arm), sets).Dispose());
        return [.. refused.Problems.Select(problem => problem.ToString())];
    }
}
