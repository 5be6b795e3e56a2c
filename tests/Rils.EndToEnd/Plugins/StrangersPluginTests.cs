using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Tests.Cli;
using Rils.Tests.Engine.Runs;
using Rils.Tests.Golden;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Plugins;

/// <summary>Follows docs/plugins.md with the snippets as the page has them.</summary>
public sealed class StrangersPluginTests : IDisposable
{
    readonly TemporaryFolder temporary = new();
    readonly string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "plugins.md"));

    public void Dispose() => temporary.Dispose();

    [SkippableFact]
    public async Task ThePluginOfTheDocumentationBuildsLoadsAndMasks()
    {
        var (project, code) = (Snippet("xml"), Snippet("csharp"));
        Assert.InRange(code.Count(letter => letter == '\n'), 1, 30);
        Assert.InRange(project.Count(letter => letter == '\n'), 1, 17);
        await Build("ColumnMasking", code);

        var loaded = PluginLoader.Load([temporary["my-plugins"], FixturePlugins.Of("Fixture.Good")]);
        Assert.Equal(["ColumnMasking", "Fixture.Good"], loaded.Plugins.Select(plugin => plugin.Name));
        Assert.Contains("kind = \"columns\"", Snippet("toml"));
        var columns = loaded.Registry.Find("masking", "columns")!;
        HidesWholeColumns(columns);
        Assert.Equal([new("ratio", "a number, above 0 to below 1", "0.75", "Share of the patches that is hidden.")],
            OptionKey.Of(columns.Options));
        TrainsWithIt(temporary["my-plugins"]);
    }

    [SkippableFact]
    public async Task TheLossOfTheDocumentationBuildsAndLogsItsFormula()
    {
        await Build("Uniformity", Snippet("csharp", 2));
        using var tiny = new TinyExperiment();
        var run = tiny.Run(tiny.Write("[[arm]]\nname = \"spread\"\nobjective = [{ kind = \"contrastive\" }, "
            + "{ kind = \"uniformity\", name = \"even\", weight = 0.5 }]"),
            [.. TinyExperiment.PluginFolders, temporary["my-plugins"]]);
        using var first = JsonDocument.Parse(TinyExperiment.Metrics(run, "spread")[0]);
        double Logged(string name) => first.RootElement.GetProperty(name).GetDouble();
        Assert.Equal(Logged("contrastive") + 0.5 * Logged("even"), Logged("loss"), 4);
        // Jensen: the logarithm of a mean is no less than the mean of the logarithms, -2 (2 - 2 cosine).
        Assert.InRange(Logged("even"), -2 * (2 - 2 * Logged("even.cosine")) - 1e-4, 0);
    }

    [SkippableFact]
    public async Task TheOptimizerOfTheDocumentationStepsByItsFormulaAndResumes()
    {
        var code = Snippets("csharp").Single(code => code.Contains("IOptimizer", StringComparison.Ordinal));
        Assert.InRange(Snippet("xml").Count(letter => letter == '\n') + code.Count(letter => letter == '\n'), 1, 80);
        await Build("Lion", code);
        using (var loaded = PluginLoader.Load([temporary["my-plugins"]])) StepsByTheFormula(loaded);
        using var tiny = new TinyExperiment();
        string[] plugins = [.. TinyExperiment.PluginFolders, temporary["my-plugins"]];
        string[] sets = ["steps=24", "checkpoint.every=7", "schedule.learning_rate=1e-4"];
        var file = tiny.Write(
            TinyExperiment.Clip + "\noptimizer = { kind = \"lion\" }\nlayer_decay = { factor = 0.8 }");
        var whole = tiny.Run(file, plugins, null, sets);
        using var stop = new CancellationTokenSource();
        tiny.RunIn(tiny["stopped"], file, plugins, new CallbackSink(_ => stop.Cancel()), stop.Token, sets);
        tiny.RunIn(tiny["stopped"], file, plugins, null, CancellationToken.None, sets);
        Assert.Equal(TinyExperiment.Weights(whole, "clip"), TinyExperiment.Weights(tiny["stopped"], "clip"));
    }

    /// <summary>Computes each number by itself: c = b1 m + (1 - b1) g, p -= rate (sign(c) + decay p),
    /// m = b2 m + (1 - b2) g.</summary>
    static void StepsByTheFormula(PluginSet plugins)
    {
        using var scope = NewDisposeScope();
        using var services = new KindScope();
        var entry = plugins.Registry.Find("optimizer", "lion")!;
        var lion = (IOptimizer)entry.Make!(Activator.CreateInstance(entry.Options)!,
            new ExperimentContext(64, 8, 100, 10, 512), services)!;
        var random = new Generator(5);
        var group = new ParameterGroup("decay", 0.5, randn(64, generator: random), zeros(64)) { LearningRate = 0.25 };
        var weights = new Weights([group], new Dictionary<string, Tensor>(), new Dictionary<string, Tensor>());
        double[] values = [.. group.Values.data<float>().Select(value => (double)value)], momentum = new double[64];
        var state = lion.Start(weights);
        for (var step = 0; step < 5; step++)
        {
            group.Gradient.copy_(randn(64, generator: random));
            foreach (var (place, gradient) in group.Gradient.data<float>().ToArray().Index())
            {
                var direction = Math.Sign(0.9 * momentum[place] + 0.1 * gradient);
                values[place] -= 0.01 * 0.25 * (direction + 0.1 * 0.5 * values[place]);
                momentum[place] = 0.99 * momentum[place] + 0.01 * gradient;
            }
            lion.Step(weights, state, 0.01);
        }
        Assert.All(group.Values.data<float>().ToArray().Zip(values),
            pair => Assert.Equal(pair.Second, pair.First, 1e-5));
    }

    /// <summary>The run is killed within a step after a checkpoint, with a row of the sink's file half written, and is
    /// resumed.</summary>
    [SkippableFact]
    public async Task TheSinkOfTheDocumentationWritesTheSameFileAfterAKill()
    {
        await Build("CsvLoss", Snippets("csharp").Single(code => code.Contains("ISink", StringComparison.Ordinal)));
        using var toy = new Toy();
        var file = toy.Write("sink.toml", Toy.Text.Replace("steps = 12\n", "steps = 60\ncheckpoint = { every = 20 }\n")
            + "\n[[sink]]\nkind = \"csv-loss\"\n");
        string[] plugins = ["--plugins", temporary["my-plugins"]];
        Command.Process(["run", file, "--out", toy["whole"], .. plugins, .. HeldRun.Plugin]).Returns(0);
        using (var run = new HeldRun(step: 33, ["run", file, "--out", toy["killed"], .. plugins]))
        {
            run.Signal(Killed);
            Assert.NotEqual(0, run.End().Code);
        }
        File.AppendAllText(Path.Combine(toy["killed"], "seed-0", "loss.csv"), "33,0.1");
        Command.Process(["run", "--resume", toy["killed"]]).Returns(0);
        string[] Rows(string run) => File.ReadAllLines(Path.Combine(toy[run], "seed-0", "loss.csv"));
        Assert.Equal("step,rils,clip", Rows("whole")[0]);
        Assert.Equal(Enumerable.Range(0, 60).Select(step => $"{step}"),
            Rows("whole").Skip(1).Select(row => row.Split(',')[0]));
        Assert.All(Rows("whole").Skip(1).SelectMany(row => row.Split(',')), cell =>
            Assert.True(double.TryParse(cell, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)));
        Assert.Equal(File.ReadAllBytes(Path.Combine(toy["whole"], "seed-0", "loss.csv")),
            File.ReadAllBytes(Path.Combine(toy["killed"], "seed-0", "loss.csv")));
    }

    /// <summary>The number of SIGKILL.</summary>
    const int Killed = 9;

    [SkippableFact]
    public async Task TheClassOfTheDocumentationGetsItsServiceAndItsLogger()
    {
        await Build("RowMasking",
            Snippets("csharp").Single(code => code.Contains("RowMasking", StringComparison.Ordinal)));
        var log = new LoggedLines();
        using var loaded = PluginLoader.Load([temporary["my-plugins"]], log);
        using var services = new KindScope();
        using var scope = NewDisposeScope();
        var rows = loaded.Registry.Find("masking", "rows")!;
        var masking = (IMasking)rows.Make!(Activator.CreateInstance(rows.Options)!,
            new ExperimentContext(64, 8, 100, 10, 512), services)!;
        Assert.Contains("RowMasking: hides rows of images of 64 pixels", log.Lines);
        var mask = masking.Mask(rand(8, 32, generator: new Generator(5)), new(Rows: 8, Columns: 4));
        foreach (var row in mask.Visible.unbind(0))
            Assert.Equal(2, row.data<long>().Select(patch => patch / 4).Distinct().Count());
    }

    [SkippableFact]
    public async Task TheDecoderOfTheDocumentationIsMadeOfAnotherPluginsBlock()
    {
        await Build("OneBlock", Snippets("csharp").Single(code => code.Contains("OneBlock", StringComparison.Ordinal)),
            Snippets("text").Single(line => line.Contains("Rils.Layers.dll", StringComparison.Ordinal)));
        Assert.False(File.Exists(temporary["my-plugins", "OneBlock", "Rils.Layers.dll"]));
        using var tiny = new TinyExperiment();
        var run = tiny.Run(tiny.Write(TinyExperiment.Rils.Replace("\"mae\"", "\"one-block\"")),
            [.. TinyExperiment.PluginFolders, temporary["my-plugins"]]);
        Assert.NotEmpty(TinyExperiment.Metrics(run, "rils"));
        Assert.Contains("kind = \"oneblock/one-block\"", File.ReadAllText(Path.Combine(run, "experiment.toml")));
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("-p:RilsHome=/nowhere")]
    public async Task AMissingHostIsTheErrorAndNotWhatFollowsFromIt(string argument)
    {
        var (exit, output) = await TryBuild("ColumnMasking", Snippet("csharp"), argument);
        Assert.NotEqual(0, exit);
        Assert.Contains($"error : RilsHome is '{argument.Split('=')[^1]}', "
            + "and no Rils.Contract.dll is there: build RilsFramework, then give -p:RilsHome=FOLDER", output);
        Assert.DoesNotContain("error CS", output);
    }

    [Theory]
    [InlineData("xml")]
    [InlineData("csharp")]
    [InlineData("bash")]
    [InlineData("toml")]
    public void TheReadmeShowsTheSame(string language) =>
        Assert.Contains($"```{language}\n{Snippet(language)}```",
            File.ReadAllText(Path.Combine(Repository.Root, "README.md")));

    static void TrainsWithIt(string plugins)
    {
        using var tiny = new TinyExperiment();
        var columns = tiny.Run(tiny.Write(TinyExperiment.Rils.Replace("\"random\"", "\"columns\"")),
            [.. TinyExperiment.PluginFolders, plugins]);
        var random = tiny.Run(tiny.Write(TinyExperiment.Rils));
        Assert.NotEqual(TinyExperiment.Weights(random, "rils"), TinyExperiment.Weights(columns, "rils"));
    }

    static void HidesWholeColumns(KindEntry entry)
    {
        using var scope = NewDisposeScope();
        using var services = new KindScope();
        var masking = (IMasking)entry.Make!(Activator.CreateInstance(entry.Options)!,
            new ExperimentContext(64, 8, 100, 10, 512), services)!;
        var noise = rand(8, 32, generator: new Generator(5));
        var mask = masking.Mask(noise, new(Rows: 4, Columns: 8));
        Assert.Equal(8, mask.Visible.shape[1]);
        // Three quarters of eight columns are hidden, so two stay.
        foreach (var row in mask.Visible.unbind(0))
            Assert.Equal(2, row.data<long>().Select(patch => patch % 8).Distinct().Count());
    }

    /// <summary>The snippet of a language with an index from 0.</summary>
    string Snippet(string language, int index = 0) => Snippets(language)[index];

    string[] Snippets(string language) =>
        [.. Regex.Matches(page, $"```{language}\n(.*?)```", RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value)];

    /// <summary>Builds a plugin with the page's project, with a further reference in it.</summary>
    async Task Build(string name, string code, string reference = "")
    {
        var (exit, output) =
            await TryBuild(name, code, $"-p:RilsHome={AppContext.BaseDirectory.TrimEnd('/')}", reference);
        Assert.True(exit == 0, output);
        Assert.DoesNotContain("warning", output.Replace("0 Warning(s)", ""));
    }

    /// <summary>Builds a plugin with the page's project and command; <c>home</c> replaces the argument that says where
    /// the host is.</summary>
    async Task<(int Exit, string Output)> TryBuild(string name, string code, string home, string reference = "")
    {
        Directory.CreateDirectory(temporary[name]);
        await File.WriteAllTextAsync(temporary[name, $"{name}.csproj"],
            Snippet("xml").Replace("  </ItemGroup>\n", $"{reference}  </ItemGroup>\n"));
        await File.WriteAllTextAsync(temporary[name, $"{name}Plugin.cs"], code);
        var command = Regex.Replace(Snippet("bash").Trim(), @"-p:RilsHome=\S+", home).Replace("ColumnMasking", name);
        var (exit, output) = await Run(command.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Skip.If(output.Contains("NU1301"), $"restore needs a network here: {output}");
        return (exit, output);
    }

    /// <summary>Runs a command without the variables that the test run set for its own MSBuild, and leaves no process
    /// behind that would hold the output open.</summary>
    async Task<(int Exit, string Output)> Run(string[] command)
    {
        var start = new ProcessStartInfo(command[0],
            [.. command[1..], "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            WorkingDirectory = temporary.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD",
            StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var (code, output, errors) = await Task.Run(process.Finished);
        return (code, output + errors);
    }
}
