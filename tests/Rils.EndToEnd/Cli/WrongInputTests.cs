using System.Text.RegularExpressions;
using Rils.Cli.Hosting;
using Rils.Scheduling;

namespace Rils.Tests.Cli;

/// <summary>A user's mistake ends with exit code 2 and a message that says where and what to do: no stack trace,
/// nothing left behind.</summary>
public sealed class WrongInputTests(Toy toy) : IClassFixture<Toy>
{
    [Theory]
    [InlineData("masking.ratio=2", "--set masking.ratio=2: `ratio` in [masking]")]
    [InlineData("masking.raito=0.5",
        "--set masking.raito=0.5: unknown key `raito` in [masking]; did you mean `ratio`?")]
    [InlineData("masking.kind=randm",
        "--set masking.kind=randm: unknown kind `randm` in [masking]; did you mean `random`?")]
    [InlineData("steps", "--set steps: has no `=`: write --set masking.ratio=0.6")]
    public void A_wrong_override_is_named(string set, string message)
    {
        var file = toy.Write("masked.toml",
            Toy.Text.Replace("[optimizer]", "[masking]\nkind = \"random\"\nratio = 0.5\n[optimizer]"));
        var outcome = Command.Here("check", file, "--set", set).Returns(2);
        Assert.StartsWith(message, outcome.Error);
        Assert.Equal("", outcome.Output);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var outcome = Command.Process("run", "nowhere.toml", "--out", toy["none"]).Returns(2);
        Assert.Equal("nowhere.toml: no such file\n", outcome.Error);
        Assert.False(Directory.Exists(toy["none"]));
    }

    [Fact]
    public void All_mistakes_of_a_file_are_told_with_line_and_column()
    {
        var file = toy.Write("wrong.toml",
            Toy.Text.Replace("depth = 2\nheads", "dpeth = 2\nheads").Replace("kind = \"adamw\"", "kind = \"adam\""));
        var lines = Command.Here("plan", file).Returns(2).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith($"{file}:14:1: unknown key `dpeth` in [backbone]; did you mean `depth`?", lines[0]);
        Assert.StartsWith($"{file}:20:1: unknown key `dpeth` in [text]; did you mean `depth`?", lines[1]);
        Assert.StartsWith($"{file}:26:8: unknown kind `adam` in [optimizer]; did you mean `adamw`?", lines[2]);
    }

    [Theory]
    [InlineData("gpu", "error: --device gpu: there is no such device; give cpu, cuda or cuda:N")]
    [InlineData("cuda:", "error: --device cuda:: there is no such device")]
    [InlineData("cuda:0", "error: --device cuda:0: CUDA is not available here")]
    public void An_unusable_device_is_refused(string device, string message)
    {
        var outcome = Command.Here("run", toy.Experiment, "--device", device, "--out", toy["none"]).Returns(2);
        Assert.StartsWith(message, outcome.Error);
        Assert.False(Directory.Exists(toy["none"]));
    }

    [Fact]
    public void A_folder_without_plugins_is_refused()
    {
        var empty = Directory.CreateDirectory(toy["no-plugins"]).FullName;
        var outcome = Command.Process("plugins", "--plugins", empty).Returns(2);
        Assert.StartsWith($"error: a plugin folder holds no plugin\n  where: {empty}\n  fix:   expected {empty}",
            outcome.Error);
        Assert.DoesNotContain("   at ", outcome.Error);
    }

    [Theory]
    [InlineData("arm.rils.masking.ratio=0.99",
        "[masking]: ratio = 0.99 hides all of the 16 patches; give a smaller ratio")]
    [InlineData("backbone.patch=5",
        "[backbone]: patch = 5 does not divide the image size, 32; change patch, or [data] image")]
    [InlineData("backbone.heads=3", "[backbone]: width = 16 is not divisible by heads = 3; change one of them")]
    [InlineData("arm.rils.decoder.heads=3", "[decoder]: width = 16 is not divisible by heads = 3; change one of them")]
    [InlineData("schedule.warmup_steps=12", "[schedule]: warmup_steps = 12 is not shorter than the run")]
    public void What_does_not_fit_together_is_refused_at_the_key_that_is_to_blame_and_leaves_the_folder_free(
        string set, string message)
    {
        var outcome = Command.Here("run", toy.Experiment, "--set", set, "--out", toy["refused"]).Returns(2);
        Assert.StartsWith($"--set {set}: {message}", outcome.Error);
        Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(Directory.Exists(toy["refused"]));
    }

    [Fact]
    public void What_only_a_models_making_shows_is_wrong_input_too() =>
        Assert.Equal(2,
            Failure.CodeOf(new SystemFailedException("mask", "rils", -1, new ArgumentException("too few patches"))));

    [Theory]
    [InlineData("runn")]
    [InlineData("run")]
    [InlineData("run", "--bogus")]
    [InlineData("run", "a.toml", "b.toml")]
    [InlineData("plan", "a.toml", "--format", "svg")]
    [InlineData]
    public void A_wrong_command_line_is_refused(params string[] arguments) =>
        Assert.NotEqual("", Command.Here(arguments).Returns(2).Error);

    [Theory]
    [InlineData("; did you mean `run`?", "trian")]
    [InlineData("; did you mean `plan`?", "paln", "a.toml")]
    [InlineData(".", "bogus", "--help")]
    [InlineData(".", "bogus", "--version")]
    public void A_command_that_is_none_is_told_in_one_line(string hint, params string[] arguments)
    {
        var outcome = Command.Here(arguments).Returns(2);
        Assert.Matches($"^error: no command is called `{arguments[0]}`{Regex.Escape(hint)} Commands: "
            + @"run, plan, check, [a-z, ]+\.\n$", outcome.Error);
        Assert.Equal("", outcome.Output);
    }

    [Fact]
    public void An_option_that_is_none_is_no_missing_command() =>
        Assert.Equal("Unrecognized option '--bogus'.\n\nFor help: rils --help\n",
            Command.Here("--bogus").Returns(2).Error);

    [Fact]
    public void With_verbose_the_trace_is_shown() =>
        Assert.Contains("   at Rils.", Command.Here("plan", "nowhere.toml", "--verbose").Returns(2).Error);
}
