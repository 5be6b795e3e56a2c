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
