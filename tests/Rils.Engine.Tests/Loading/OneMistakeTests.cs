using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Loading;

/// <summary>One mistake gives one message at its place, with none about its consequences. The test spoils every key,
/// table, kind, name, number and path of an experiment with all methods, one at a time.</summary>
public sealed partial class OneMistakeTests : IDisposable
{
    /// <summary>The least number of spoilt lines. With fewer, the patterns below no longer find the parts that they
    /// should.</summary>
    const int Least = 130;

    static readonly Lazy<PluginRegistry> Plugins = new(() => TinyExperiment.Plugins.Registry);

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void Each_slip_of_a_file_is_told_alone_at_its_line()
    {
        var text = WithAllMethods();
        Assert.Empty(MistakesOf(text));
        var lines = text.Split('\n');
        List<string> wrong = [];
        var tried = 0;
        for (var i = 0; i < lines.Length; i++)
            foreach (var spoilt in Spoil(lines[i]))
            {
                tried++;
                var mistakes = MistakesOf(string.Join('\n', [.. lines[..i], spoilt, .. lines[(i + 1)..]]));
                if (mistakes is not [var only] || only.At.Line != i + 1)
                    wrong.Add($"{lines[i]} -> {spoilt}\n  {string.Join("\n  ", mistakes)}");
            }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(tried > Least, $"{tried} slips were tried");
    }

    [Theory]
    [InlineData("stpes=20")]
    [InlineData("epohcs=2")]
    [InlineData("data.kind=imagefolder")]
    [InlineData("data.tokenizer.kind=wordpiece")]
    [InlineData("data.augmentation.kind=crop")]
    [InlineData("data.views.kind=byol")]
    [InlineData("data.views=true")]
    [InlineData("backbone.kind=rexnet")]
    [InlineData("text.kind=bert")]
    [InlineData("space.kind=sphere")]
    [InlineData("optimizer.kind=rmsprop")]
    [InlineData("schedule.kind=linear")]
    [InlineData("head.retrieval.kind=retreival")]
    [InlineData("objective.contrastive.kind=contrast")]
    [InlineData("arm.rils.masking.kind=column")]
    [InlineData("arm.rils.target.kind=langauge")]
    [InlineData("arm.mae.decoder.kind=conv")]
    [InlineData("arm.mim.teacher.kind=frosen")]
    [InlineData("arm.mim.teacher.from=cilp")]
    [InlineData("arm.slip.objective.simclr.kind=simcrl")]
    [InlineData("arm.risl.masking.ratio=0.5")]
    [InlineData("data.train=/nowhere/train-*.tar")]
    [InlineData("data.tokenizer.vocabulary=/nowhere/bpe.txt")]
    [InlineData("head.retrieval.data=/nowhere/val-*.tar")]
    [InlineData("data.batch=0")]
    [InlineData("data.image=none")]
    [InlineData("backbone.patch=7")]
    [InlineData("jitter_share=0.1")]
    [InlineData("ratio=0.1")]
    [InlineData("arm.mae.decoder.heads=3")]
    public void Each_slip_of_an_override_is_told_alone_and_is_the_one(string set)
    {
        var mistake = Assert.Single(MistakesOf(WithAllMethods(), set));
        Assert.Equal($"--set {set}", $"{mistake.At}");
    }

    [Fact]
    public void An_option_of_the_views_is_found_by_its_name() =>
        Assert.Contains("unknown key `small_views`; did you mean `data.views.small_views`?",
            Assert.Single(MistakesOf(WithAllMethods(), "small_views=2")).Message);

    [Fact]
    public void An_arm_without_a_name_is_not_missed_besides()
    {
        var slip = Assert.Single(MistakesOf(WithAllMethods().Replace("name = \"clip\"", "nmae = \"clip\"")));
        Assert.Equal("unknown key `nmae` in [[arm]]; did you mean `name`?", slip.Message);
        Assert.Equal("this arm has no `name`",
            Assert.Single(MistakesOf(WithAllMethods().Replace("name = \"clip\"", ""),
            "arm.clip.masking.ratio=0.5")).Message);
    }

    [Fact]
    public void One_message_is_told_where_data_are_missing_and_arms_have_all_that_they_need()
    {
        var text = WithAllMethods().Replace("/train-*.tar", "/nowhere-*.tar");
        Assert.Contains("no shard matches", Assert.Single(MistakesOf(text)).Message);
        var lacking = MistakesOf(text.Replace("target  = { kind = \"language\" }",
            "target  = { kind = \"language\" }\ntext = \"none\""));
        Assert.Equal(3, lacking.Count);
        Assert.Equal(2,
            lacking.Count(mistake => mistake.Message.Contains("cannot work in arm rils, which lacks [text]")));
    }

    /// <summary>Copies of a line, each with one part spoilt.</summary>
    static IEnumerable<string> Spoil(string line)
    {
        foreach (var part in Key().Matches(line).Concat(Header().Matches(line)).Select(match => match.Groups[1])
            .Where(part => part.Length > 3))
            if (Swapped(part.Value) is var slip && slip != part.Value) yield return With(line, part, slip);
        foreach (var kind in Kind().Matches(line).Select(match => match.Groups[1]))
            yield return With(line, kind, "unheard-of");
        foreach (var path in File().Matches(line).Select(match => match.Groups[1]))
            yield return With(line, path, $"/nowhere{path}");
        foreach (var value in Number().Matches(line).Select(match => match.Groups[1]))
            yield return With(line, value, "[true]");
    }

    static string With(string line, Group part, string other) =>
        line[..part.Index] + other + line[(part.Index + part.Length)..];

    static string Swapped(string name) => $"{name[0]}{name[2]}{name[1]}{name[3..]}";

    string WithAllMethods() => System.IO.File.ReadAllText(tiny.Write(
        TinyExperiment.Rils, TinyExperiment.Clip, TinyExperiment.Mae, TinyExperiment.MaeClip, TinyExperiment.Mim,
        TinyExperiment.Slip, TinyExperiment.Retrieval));

    IReadOnlyList<Problem> MistakesOf(string text, params string[] sets)
    {
        var path = tiny["spoilt.toml"];
        System.IO.File.WriteAllText(path, text);
        try
        {
            new ExperimentLoader(Plugins.Value, NullLogger<ExperimentLoader>.Instance).Load(path, sets).Dispose();
            return [];
        }
        catch (ExperimentException refused)
        {
            return refused.Problems;
        }
    }

    [GeneratedRegex(@"(?:^|[{,] *)([a-z_]+) *= ")]
    private static partial Regex Key();

    [GeneratedRegex(@"^\[+(?:[a-z_]+\.)*([a-z_]+)\]+$")]
    private static partial Regex Header();

    [GeneratedRegex("kind *= \"([^\"]+)\"")]
    private static partial Regex Kind();

    [GeneratedRegex("\"(/[^\"]+)\"")]
    private static partial Regex File();

    [GeneratedRegex(@"= ([0-9][0-9.e-]*)")]
    private static partial Regex Number();
}
