using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Sweeps;
using Rils.Runs;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Loading;

/// <summary>The experiment of a run folder says every option, so that no later default can change what it
/// means.</summary>
public sealed class ResolutionTests : IDisposable
{
    static readonly PluginRegistry Registry = TinyExperiment.Plugins.Registry;

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    Experiment Load(string file) =>
        new ExperimentLoader(Registry, NullLogger<ExperimentLoader>.Instance).Load(file, []);

    [Fact]
    public void It_reads_back_to_the_same_options_the_same_text_and_the_same_key()
    {
        using var given = Load(tiny.Write(TinyExperiment.Rils, TinyExperiment.Clip, TinyExperiment.MaeClip,
            TinyExperiment.Mim, TinyExperiment.Slip, TinyExperiment.Retrieval));
        var text = ResolvedExperiment.Write(given.Resolved);
        var file = tiny["resolved.toml"];
        File.WriteAllText(file, text);
        using var again = Load(file);
        Assert.Equal(text, ResolvedExperiment.Write(again.Resolved));
        Assert.Equal(text, ResolvedExperiment.Write(again.Tree));
        Assert.Equal(RunKey.Of(given.Resolved, given.Settings, "cpu"), RunKey.Of(again.Tree, again.Settings, "cpu"));
        foreach (var (then, now) in given.ArmDefinitions.Zip(again.ArmDefinitions))
            foreach (var (name, table) in then.Tables.Concat(then.Objectives.Select(objective =>
                new KeyValuePair<string, BoundTable>(objective.Key, objective.Value))))
                Assert.True(OptionEquality.Same(table.Options,
                    (now.Tables.GetValueOrDefault(name) ?? now.Objectives[name]).Options), name);
    }

    [Fact]
    public void Every_option_of_every_table_stands_there_that_has_a_value()
    {
        using var experiment = Load(tiny.Write(TinyExperiment.Rils, TinyExperiment.Slip, TinyExperiment.Retrieval));
        var (root, arm) = (experiment.Resolved.Root, experiment.Resolved.Arms[0].Tables);
        Assert.Equal(["every", "keep"], ((TableNode)root["checkpoint"]!).Keys);
        Assert.Equal("10 minutes", ((TableNode)root["checkpoint"]!).Text("every"));
        Assert.Equal(["parts"], ((TableNode)root["compute"]!).Keys);
        foreach (var (name, table) in experiment.ArmDefinitions[0].Tables)
            AssertWhole((TableNode)arm[name]!, table.Options);
        AssertWhole((TableNode)((TableNode)root["data"]!)["augmentation"]!,
            experiment.Data.Tables["augmentation"].Options);
        AssertWhole((TableNode)((TableNode)root["data"]!)["views"]!, experiment.Data.Tables["views"].Options);
        // The file's own tree stays as it was written: what a message names stands there.
        Assert.Null(experiment.Tree.Root["checkpoint"]);
        Assert.NotEmpty(((TableNode)arm["optimizer"]!).Keys.Except(
            ((TableNode)experiment.Tree.Arms[0].Tables["optimizer"]!).Keys));
    }

    static void AssertWhole(TableNode table, object options) => Assert.Equal(
        OptionProperty.Of(options.GetType()).Where(property => property.Property.GetValue(options) is not null)
            .Select(property => property.Key).Order(StringComparer.Ordinal),
        table.Keys.Except(["kind"]).Order(StringComparer.Ordinal));

    /// <summary>Any record that options can be is resolved: numbers, lists, dictionaries, nested records, and what no
    /// file can say.</summary>
    [Fact]
    public void Defaults_are_written_as_a_file_would_say_them()
    {
        var table = new TableNode(new SourceSpan("/x/x.toml", 1, 1));
        table.Set("inner", table.Span, new TableNode(table.Span));
        DefaultOptions.AddTo(table, new Odd());
        Dictionary<string, string> values = [];
        Rils.Runs.FlatValues.Add("", table, values);
        Assert.Equal(new Dictionary<string, string>
        {
            ["inner.depth"] = "2", ["single"] = "0.1", ["choice"] = "\"second-one\"", ["list[0]"] = "1",
                ["list[1]"] = "2", ["by_name.a"] = "0.5", ["every"] = "\"2 epochs\"", ["other.depth"] = "2",
        }, values);
        var problems = new Problems();
        Assert.True(OptionEquality.Same(new Odd(), OptionsBinder.Bind<Odd>(table, "[odd]", problems)),
            string.Join('\n', problems));
    }

    public enum Choice
    {
        First,
        SecondOne,
    }

    public sealed record Inner
    {
        public int Depth { get; init; } = 2;
    }

    public sealed record Odd
    {
        public Inner Inner { get; init; } = new();

        public float Single { get; init; } = 0.1f;

        public Choice Choice { get; init; } = Choice.SecondOne;

        public IReadOnlyList<long> List { get; init; } = [1, 2];

        public Dictionary<string, double> ByName { get; init; } = new() { ["a"] = 0.5 };

        public Period Every { get; init; } = new(2, PeriodUnit.Epochs);

        public Inner Other { get; init; } = new();

        /// <summary>Nothing, until it is given.</summary>
        public string? Absent { get; init; }

        /// <summary>A file may not say what it means not to be given.</summary>
        [System.ComponentModel.DataAnnotations.Range(1, 9)]
        public int Sentinel { get; init; } = -1;

        /// <summary>In whose folder, nothing says.</summary>
        [Rils.Contract.ExperimentPath]
        public string File { get; init; } = "default.txt";
    }
}
