using Rils.Engine.Plugins;
using Rils.Scheduling;

namespace Rils.Tests.Cli;

/// <summary>The output of the commands that train nothing.</summary>
public sealed class PrintingTests(Toy toy) : IClassFixture<Toy>
{
    [Theory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("plan", "--help")]
    [InlineData("check", "-h")]
    [InlineData("bench", "--help")]
    [InlineData("embed", "--help")]
    [InlineData("predict", "--help")]
    [InlineData("compare", "--help")]
    [InlineData("plugins", "--help")]
    public void Every_help_text_ends_with_examples(params string[] arguments)
    {
        var help = Command.Here(arguments).Returns(0).Output;
        var examples = help[help.IndexOf("Examples:", StringComparison.Ordinal)..]
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.NotEmpty(examples);
        Assert.All(examples,
            example => Assert.StartsWith(arguments.Length == 1 ? "  rils " : $"  rils {arguments[0]}", example));
    }

    [Fact]
    public void Help_is_a_command_too()
    {
        Assert.Equal(Command.Here("--help").Returns(0).Output, Command.Here("help").Returns(0).Output);
        Assert.Equal(Command.Here("plugins", "add", "--help").Returns(0).Output,
            Command.Here("help", "plugins", "add").Returns(0).Output);
        Assert.Contains("no command is called `trian`", Command.Here("help", "trian").Returns(2).Error);
    }

    [Fact]
    public void The_plan_says_what_runs_for_each_arm_and_what_does_not()
    {
        var plan = Command.Process("plan", toy.Experiment).Returns(0).Output;
        var (clip, rils) = (plan.IndexOf("arm clip on cpu", StringComparison.Ordinal),
            plan.IndexOf("arm rils on cpu", StringComparison.Ordinal));
        Assert.True(0 < rils && rils < clip);
        Assert.Matches("pruned +decode +needs \\[decoder\\], \\[masking\\], \\[target\\]\n", plan[clip..]);
        Assert.EndsWith($"\n{Rils.Scheduling.PlanText.Legend}\n", plan);
        Assert.Matches("Forward +decode +Decoder, VisibleTokens, .*-> PatchPrediction  .engine.", plan[rils..clip]);
        Assert.Matches("Objective language.loss .*Rils.LanguageTarget.", plan[rils..clip]);
    }

    [Fact]
    public void The_plan_can_be_a_flowchart()
    {
        var chart = Command.Here("plan", toy.Experiment, "--format", "mermaid").Returns(0).Output;
        Assert.StartsWith("flowchart TD\n", chart);
        Assert.Contains("arm rils on cpu", chart);
    }

    [Fact]
    public void Check_counts_parameters_operations_steps_and_samples()
    {
        var lines = Command.Process("check", toy.Experiment, "--set", "steps=10").Returns(0).Output.Split('\n');
        Assert.StartsWith("arm  parameters", lines[0]);
        Assert.StartsWith("rils ", lines[1]);
        Assert.StartsWith("clip ", lines[2]);
        Assert.Equal("forward FLOP/sample images texts image projection text projection visible patches decoder",
            OneSpaced(lines[3]));
        Assert.Matches("^rils .* 89.2 k +[0-9.]+ k *$", lines[4]);
        Assert.Matches("^clip( +[0-9.]+( [kM])?){4} *$", lines[5]);
        Assert.All(lines[..6], line => Assert.InRange(line.Length, 1, 130));
        Assert.Contains("samples  160: 2.5 epochs of 4 steps over 64 samples", lines);
        Assert.Contains("heads    retrieval", lines);
        Assert.Contains("  rils  masking random, decoder mae, target language | backbone vit, "
            + "text transformer, space linear, optimizer adamw, schedule cosine, objective contrastive", lines);
        Assert.Contains(lines, line => line.StartsWith("  clip  no masking, no decoder, no target | backbone vit, "));
    }

    [Theory]
    [InlineData("masking", "[masking] kind = \"random\"  (Rils.Masking)",
        "ratio a number, above 0 to below 1 0.75 Share of the patches that is hidden")]
    [InlineData("vit", "[backbone] kind = \"vit\"  (Rils.Vit)",
        "width a whole number, at least 4 768 Width of a token; a multiple of `heads`, and of 4 under")]
    [InlineData("[[head]]", "[[head]]  (engine)",
        "data a path, or an array of paths, at least 1 long required Path of the evaluation data")]
    [InlineData("checkpoint", "[checkpoint]  (engine)", "every a period: 500 (steps), \"500 steps\", "
        + "\"2 epochs\" or \"10 minutes\" \"10 minutes\" Steps, epochs or minutes")]
    [InlineData("Rils.Schedules", "[schedule] kind = \"mae-cosine\"  (Rils.Schedules)",
        "warmup_epochs a number, at least 0 - Length of the warm-up in passes over the training data")]
    public void Plugins_with_a_name_lists_its_keys(string name, string title, string key)
    {
        var lines = Command.Here("plugins", name).Returns(0).Output.Split('\n')
            .Select(line => System.Text.RegularExpressions.Regex.Replace(line, "(?<=[^ )]) +(?=[^ (])", " ")).ToArray();
        Assert.Contains(title, lines);
        Assert.Contains(lines, line => line.StartsWith(key));
    }

    [Fact]
    public void A_name_that_is_nothing_is_told_with_the_nearest() =>
        Assert.StartsWith("error: no table, kind or plugin is called `maskin`; "
            + "did you mean `masking`? Tables: arm, average, backbone, ",
            Command.Here("plugins", "maskin").Returns(2).Error);

    [Fact]
    public void Plugins_are_listed_on_one_line_each_however_long()
    {
        var lines = Command.Process("plugins").Returns(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + Directory.GetDirectories(PluginLocations.Default).Length, lines.Length);
        Assert.Contains(lines, line => line.StartsWith("Rils.Bpe ")
            && line.Contains("data.tokenizer = bpe, clip") && line.TrimEnd().EndsWith("Rils.Bpe"));
        Assert.DoesNotContain(lines, line => line.Contains('\x1b'));
    }

    static string OneSpaced(string line) =>
        string.Join(' ', line.Split("  ", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Trim()));
}
