using System.Diagnostics;
using System.Text.RegularExpressions;
using Rils.Tests.Golden;

namespace Rils.Tests.Ci;

/// <summary>CI fails where its tests prove nothing: no test passed, one failed, or one was skipped that must
/// run.</summary>
public sealed class VerdictTests : IDisposable
{
    const string Allowed = "the larger collection of drawings is not there";

    readonly string log = Path.GetTempFileName();

    public void Dispose() => File.Delete(log);

    [Theory]
    [InlineData(0, "yes", 7, 0, 0, "")]
    [InlineData(1, "yes", 0, 0, 0, "")]
    [InlineData(1, "yes", 7, 1, 0, "")]
    [InlineData(1, "no", 7, 1, 0, "")]
    [InlineData(1, "yes", 7, 0, 1, "/usr/bin/chromium is missing: the report is not opened in a browser")]
    [InlineData(1, "no", 7, 0, 1, "/usr/bin/chromium is missing: the report is not opened in a browser")]
    [InlineData(1, "yes", 7, 0, 1, Allowed)]
    [InlineData(0, "no", 7, 0, 1, Allowed)]
    [InlineData(0, "yes", 7, 0, 1, "no test asks for golden cases of the kind nms yet")]
    // Two tests were skipped, and only one gives a reason.
    [InlineData(1, "no", 7, 0, 2, Allowed)]
    public void It_fails_on_no_test_on_a_failed_one_and_on_one_that_was_skipped_where_it_must_run(int code,
        string shared, int passed, int failed, int skipped, string reason)
    {
        var counts = $"     Passed: {passed}\n" + (failed > 0 ? $"     Failed: {failed}\n" : "")
            + (skipped > 0 ? $"    Skipped: {skipped}\n" : "");
        var said = reason.Length > 0
            ? $"[xUnit.net 00:00:01.23]     A.Of(\"b\") [SKIP]\n[xUnit.net 00:00:01.23]       {reason}\n" : "";
        File.WriteAllText(log,
            $"[xUnit.net 00:00:01.01]   Starting:    A\n{said}[xUnit.net 00:00:01.24]   Finished:    A\n"
                + $"{counts} Total time: 2 Seconds\n");
        var (exit, output) = Verdict(shared);
        Assert.True(code == exit, output);
        Assert.EndsWith($"{passed} passed, {failed} failed, {skipped} skipped\n", output);
        Assert.Equal(reason.Length > 0 && (code != 0 && reason != Allowed || shared == "yes"),
            output.Contains($"skipped: A.Of(\"b\"): {reason}\n"));
    }

    [Fact]
    public void An_empty_log_is_no_proof()
    {
        File.WriteAllText(log, "");
        Assert.Equal((1,
            "no test has passed: is the README's test command still there, "
                + "and does it run tests?\n0 passed, 0 failed, 0 skipped\n"), Verdict("yes"));
    }

    [Fact]
    public void Every_reason_that_is_allowed_is_one_that_a_test_gives()
    {
        var sources = string.Join('\n', Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs",
            SearchOption.AllDirectories).Select(File.ReadAllText));
        // A long literal is joined from several lines.
        sources = Regex.Replace(sources, "\"\\s*\\+\\s*\\$?\"", "").Replace("{Variable}", "RILS_CLIP_VOCABULARY");
        Assert.All(File.ReadAllLines(Path.Combine(Repository.Root, ".ci", "skips.txt")),
            reason => Assert.Contains(reason, sources));
    }

    (int Exit, string Output) Verdict(string shared)
    {
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Repository.Root, ".ci", "verdict.sh"),
            [log, shared]) { RedirectStandardOutput = true })!;
        var (code, output, _) = process.Finished();
        return (code, output);
    }
}
