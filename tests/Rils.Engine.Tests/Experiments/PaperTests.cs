using Microsoft.Extensions.Logging.Abstractions;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Sweeps;
using Rils.Tests.Engine.Runs;
using Rils.Tests.Golden;

namespace Rils.Tests.Experiments;

/// <summary>The experiments of the paper can be run: in its size once there is data, and in a small one as they
/// are.</summary>
public sealed class PaperTests
{
    static readonly string Folder = Path.Combine(Repository.Root, "experiments", "paper");
    static readonly string Mini = Path.Combine(Repository.Root, "experiments", "data", "clipart-mini");
    static readonly Lazy<PluginRegistry> Plugins = new(() => TinyExperiment.Plugins.Registry);

    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Folder, "*.toml").Select(file => Path.GetFileName(file)!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void In_the_papers_size_only_data_is_missing(string name)
    {
        using var experiment = Load(Path.Combine(Folder, name),
            [$"data.train={Mini}/train-*.tar", "data.batch=64", "data.chunk=16", "data.tokenizer.kind=bpe",
            $"data.tokenizer.vocabulary={Mini}/bpe-2048.txt", "head=none"]);
        Assert.Equal(224, experiment.Context.ImageSize);
        Assert.All(File.ReadLines(Path.Combine(Folder, name)).TakeWhile(line => line.StartsWith('#')),
            line => Assert.InRange(line.Length, 1, 170));
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void In_the_small_size_the_same_arms_can_be_run(string name)
    {
        var small = Path.Combine(Folder, "small", name);
        Skip.If(File.ReadAllText(small).Contains("clipart.toml") && !Directory.Exists(Path.Combine(Repository.Root,
            "..", "shared", "data", "clipart")), "the larger collection of drawings is not there");
        using var experiment = Load(small, []);
        using var large = Load(Path.Combine(Folder, name),
            [$"data.train={Mini}/train-*.tar", "data.batch=64", "data.chunk=16", "data.tokenizer.kind=bpe",
            $"data.tokenizer.vocabulary={Mini}/bpe-2048.txt", "head=none"]);
        Assert.Equal(large.Arms, experiment.Arms);
        Assert.Equal(large.Phases, experiment.Phases);
        var header = string.Join('\n', File.ReadLines(small).TakeWhile(line => line.StartsWith('#')));
        Assert.Matches(@"# Cost    .*\d", header);
        Assert.Matches(@"# Result  (.|\n)*\d\.\d", header);
    }

    [Theory]
    [InlineData("mask-ratio.toml")]
    [InlineData("loss-weight.toml")]
    public void A_small_sweep_is_four_arms_of_one_run(string name) =>
        Assert.Equal(4, Assert.Single(new SweepLoader(Plugins.Value).Load(Path.Combine(Folder, "small", name),
            [])!.Runs).Arms.Count);

    /// <summary>Without its sweep: counting the arms of one draws their models.</summary>
    static Experiment Load(string file, string[] sets) =>
        new ExperimentLoader(Plugins.Value, NullLogger<ExperimentLoader>.Instance).Load(file,
            File.ReadAllText(Path.Combine(Folder, Path.GetFileName(file))).Contains("[sweep]")
                ? [.. sets, "sweep=none"] : sets);
}
