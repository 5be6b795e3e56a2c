using System.Diagnostics;
using System.Text.RegularExpressions;
using Rils.Tests.Cli;
using Rils.Tests.Engine.Runs;
using Rils.Tests.Golden;

namespace Rils.Tests.Engine.Plugins;

/// <summary>Plugins that were written from the published docs alone, in tests/strangers: each is built as the docs say,
/// outside the repository, trains, is killed and resumed.</summary>
public sealed class StrangersTests : IDisposable
{
    const int Killed = 9, MostLines = 80;

    static readonly string home = Path.Combine(Repository.Root, "tests", "strangers");

    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    public static TheoryData<string> Names =>
        [.. Directory.GetDirectories(home).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("SupervisedLoss")]
    [InlineData("PatchMlp")]
    [InlineData("FrozenCaptions")]
    [InlineData("SquareImages")]
    [InlineData("ClassBalance")]
    public void The_page_shows_the_code(string name) => Assert.Contains(
        File.ReadAllText(Path.Combine(home, name, $"{name}Plugin.cs")),
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "plugins.md")));

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task A_strangers_plugin_trains_and_is_resumed_to_the_byte(string name)
    {
        string[] sources = [.. Directory.GetFiles(Path.Combine(home, name))
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal)
                || file.EndsWith(".csproj", StringComparison.Ordinal))];
        Assert.InRange(sources.Sum(file => File.ReadLines(file).Count()), 1, MostLines - 1);
        await Build(name, sources);
        var file = Path.Combine(home, name, "experiment.toml");
        string[] plugins = ["--plugins", temporary["my-plugins"]];
        string[] sets = ["--set", "steps=12", "--set", "checkpoint.every=4"];
        Command.Process(["run", file, "--out", temporary["whole"], .. sets, .. plugins, .. HeldRun.Plugin]).Returns(0);
        using (var run = new HeldRun(step: 7, ["run", file, "--out", temporary["killed"], .. sets, .. plugins]))
        {
            run.Signal(Killed);
            Assert.NotEqual(0, run.End().Code);
        }
        Command.Process(["run", "--resume", temporary["killed"]]).Returns(0);
        var weights = Directory.GetFiles(temporary["whole"], "model.safetensors", SearchOption.AllDirectories);
        Assert.NotEmpty(weights);
        foreach (var whole in weights)
            Assert.Equal(File.ReadAllBytes(whole),
                File.ReadAllBytes(Path.Combine(temporary["killed"], Path.GetRelativePath(temporary["whole"], whole))));
    }

    /// <summary>The page's classifier tells its operations, HOG's projection by the number of hidden patches; the
    /// classifier of words tells nothing, which <c>rils check</c> says.</summary>
    [SkippableTheory]
    [InlineData("SupervisedLoss", "supervised", 2 * 96 * 15, "supervised", "")]
    [InlineData("HogTarget", "hog", 2 * (64 - 25) * 96 * 9, "hog", "")]
    [InlineData("TwoTokenizers", "merges-800", null, "words",
        "arm merges-800: the cost of words is not counted: its plugin does not tell it by ICountsFlops")]
    public async Task Check_counts_what_its_module_computes_or_says_that_it_cannot(
        string name, string arm, int? operations, string pass, string line)
    {
        await Build(name, Directory.GetFiles(Path.Combine(home, name), "*.cs*"));
        var output = Command.Here("check", Path.Combine(home, name, "experiment.toml"),
            "--plugins", temporary["my-plugins"]).Returns(0).Output;
        var lines = output.Split('\n');
        var header = lines.Single(text => text.StartsWith("forward FLOP/sample", StringComparison.Ordinal));
        var row = lines.Skip(Array.IndexOf(lines, header)).First(text => text.StartsWith($"{arm} "));
        var at = header.IndexOf($" {pass}", StringComparison.Ordinal) + 1;
        Assert.True(at > 0, header);
        Assert.StartsWith(operations is { } counted ? Rils.Cli.Rendering.Numbers.Short(counted) : "?", row[at..]);
        Assert.Contains(line, output);
        Assert.Equal(line.Length == 0, !output.Contains("is not counted"));
    }

    async Task Build(string name, IEnumerable<string> sources)
    {
        Directory.CreateDirectory(temporary[name]);
        foreach (var source in sources) File.Copy(source, Path.Combine(temporary[name], Path.GetFileName(source)));
        var start = new ProcessStartInfo("dotnet",
        [
            "build", name, "-c", "Release", "-o", $"my-plugins/{name}", "-nodeReuse:false",
            "-p:UseSharedCompilation=false", $"-p:RilsHome={AppContext.BaseDirectory.TrimEnd('/')}",
        ])
        {
            WorkingDirectory = temporary.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD",
            StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(variable);
        using var process = Process.Start(start)!;
        var (code, output, errors) = await Task.Run(process.Finished);
        Skip.If(output.Contains("NU1301"), $"restore needs a network here: {output}");
        Assert.True(code == 0, output + errors);
        Assert.DoesNotMatch(new Regex(@"warning CS\d+"), output);
    }
}
