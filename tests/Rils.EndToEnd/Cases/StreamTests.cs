using Rils.Tests.Cli;

namespace Rils.Tests.Cases;

/// <summary>Standard streams that are closed, full or gone end no run, and printed text can give a terminal no
/// orders.</summary>
public sealed class StreamTests(WholeRun whole) : IClassFixture<WholeRun>
{
    const string Warning = "warning: standard output could not be written (";

    [Theory]
    [InlineData("exec >/dev/full", "No space left on device")]
    [InlineData("exec >&-", "it is closed")]
    [InlineData("exec <&- >&-", "it is closed")]
    public void A_run_goes_on_without_its_output(string streams, string why)
    {
        var folder = whole.New();
        var outcome = Command.Shell(streams, "run", whole.Experiment, "--out", folder).Returns(0);
        Assert.Equal($"{Warning}{why}): nothing more was printed, and the command went on\n", outcome.Error);
        whole.AssertIsWhole(folder);
    }

    [Theory]
    [InlineData("exec 2>&-")]
    [InlineData("exec 2>/dev/full")]
    [InlineData("exec >&- 2>&-")]
    [InlineData("exec <&- >&- 2>&-")]
    [InlineData("exec >/dev/full 2>/dev/full")]
    [InlineData("exec > >(head -1 >/dev/null)")]
    [InlineData("exec > >(exit) 2> >(exit)")]
    public void A_run_goes_on_whoever_listens(string streams)
    {
        var folder = whole.New();
        Command.Shell(streams, "run", whole.Experiment, "--out", folder).Returns(0);
        whole.AssertIsWhole(folder);
    }

    [Fact]
    public void The_exit_code_tells_the_run_and_not_the_printing()
    {
        var outcome = Command.Shell("exec >/dev/full", "run", whole.Experiment, "--out", whole.New(), "--set",
            "arm.clip.schedule.learning_rate=1e30", "--set", "arm.clip.schedule.start_learning_rate=1e30").Returns(1);
        Assert.StartsWith("error: arm clip (seed 0) stopped early", outcome.Error);
    }

    [Theory]
    [InlineData("exec >/dev/full", "No space left on device")]
    [InlineData("exec >&-", "it is closed")]
    public void A_command_whose_result_is_lost_has_failed(string streams, string why) =>
        Assert.Equal($"error: standard output could not be written ({why})\n",
            Command.Shell(streams, "plugins").Returns(1).Error);

    [Fact]
    public void A_reader_that_has_read_enough_is_no_failure() =>
        Assert.Equal("", Command.Shell("exec > >(head -1 >/dev/null)", "plugins").Returns(0).Error);

    [Fact]
    public void A_name_that_orders_about_a_terminal_is_spelled_out()
    {
        using var files = new CaseFolder("faults/tar-name-escape");
        var outcome = Command.Process("run", files.Experiment, "--out", files["out"]).Returns(0);
        Assert.Contains(@"sample `t/\x1b]0;pwned\x07\x1b[31mkey`: the bytes are no image that can be decoded",
            outcome.Error);
        Assert.DoesNotContain(outcome.Output + outcome.Error, one => char.IsControl(one) && one != '\n');
        // The list holds the true name, in the escapes of JSON.
        Assert.Contains(@"`t/\u001B]0;pwned\u0007\u001B[31mkey`",
            File.ReadAllText(files["out", "seed-0", "bad-samples.jsonl"]));
    }

    /// <summary>On a terminal <c>rils</c> draws a table again and again, and prints warnings above it.</summary>
    [SkippableFact]
    public void And_so_it_is_beside_the_table_of_a_terminal()
    {
        Skip.IfNot(File.Exists("/usr/bin/script"), "script is not installed: apt-get install bsdutils");
        using var files = new CaseFolder("faults/tar-name-escape");
        var outcome = Command.Shell($"log={files["typescript"]}; dotnet() {{ script -qec \"$(printf '%q ' dotnet "
            + $"\"$@\")\" $log; }}; exec() {{ \"$@\"; }}", "run", files.Experiment, "--out", files["out"]).Returns(0);
        Assert.Contains(@"\x1b]0;pwned\x07", outcome.Output);
        Assert.Contains("\x1b[", outcome.Output);
        Assert.DoesNotContain("\x1b]0;pwned", outcome.Output);
    }
}
