using System.Reflection;
using System.Text.Json;
using Rils.Contract;
using Rils.Imaging;
using Rils.Testing;
using Rils.Tests.Cli;
using Rils.Tests.Engine.Runs;
using Rils.Tests.Golden;
using Rils.WebDataset;

namespace Rils.Tests.Engine.Plugins;

/// <summary>Plugins that were written from the published docs alone, in tests/strangers: each is built as the docs say,
/// outside the repository, trains, is killed and resumed.</summary>
public sealed class StrangersTests(BuiltStrangers built) : IClassFixture<BuiltStrangers>, IDisposable
{
    const int Killed = 9, MostLines = 80;

    static readonly string data = Path.Combine(Repository.Root, "experiments", "data", "clipart-mini");

    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    /// <summary>Options that have no defaults.</summary>
    Dictionary<string, (string Key, object Value)> Required() => new()
    {
        ["FewShotOptions"] = ("Train", (string[])[Path.Combine(data, "train-*.tar")]),
        ["FrozenCaptionsOptions"] = ("File", VectorsOfTheKit()),
        ["SquareImagesOptions"] = ("Over", new Wrapped<DataContext, IDecodedAugmentation>(
            context => new RandomResizedCrop(new(), context.ImageSize))),
        ["ClassBalanceOptions"] = ("Over", new Wrapped<SourceContext, ISource>(
            context => new WebDatasetSource(context))),
    };

    /// <summary>Writes a vector for each caption of the kit's data.</summary>
    string VectorsOfTheKit()
    {
        var texts = Enumerable.Range(0, 24).Select(number => $"number {number}")
            .Concat(Enumerable.Range(0, 3).Select(label => $"a thing of class {label}"));
        File.WriteAllText(temporary["vectors.json"], JsonSerializer.Serialize(texts.Index()
            .ToDictionary(text => text.Item, text => (float[])[text.Index, 1, text.Index % 5])));
        return temporary["vectors.json"];
    }

    public static TheoryData<string> Names =>
        [.. Directory.GetDirectories(BuiltStrangers.Home).Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("SupervisedLoss")]
    [InlineData("PatchMlp")]
    [InlineData("FrozenCaptions")]
    [InlineData("SquareImages")]
    [InlineData("ClassBalance")]
    [InlineData("MedianAngle")]
    public void The_page_shows_the_code(string name) => Assert.Contains(
        File.ReadAllText(Path.Combine(BuiltStrangers.Home, name, $"{name}Plugin.cs")),
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "plugins.md")));

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task A_strangers_plugin_trains_and_is_resumed_to_the_byte(string name)
    {
        Assert.InRange(BuiltStrangers.Sources(name).Sum(file => File.ReadLines(file).Count()), 1, MostLines - 1);
        string[] plugins = ["--plugins", await built.Of(name)];
        var file = Path.Combine(BuiltStrangers.Home, name, "experiment.toml");
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
        var output = Command.Here("check", Path.Combine(BuiltStrangers.Home, name, "experiment.toml"),
            "--plugins", await built.Of(name)).Returns(0).Output;
        var lines = output.Split('\n');
        var header = lines.Single(text => text.StartsWith("forward FLOP/sample", StringComparison.Ordinal));
        var row = lines.Skip(Array.IndexOf(lines, header)).First(text => text.StartsWith($"{arm} "));
        var at = header.IndexOf($" {pass}", StringComparison.Ordinal) + 1;
        Assert.True(at > 0, header);
        Assert.StartsWith(operations is { } counted ? Rils.Cli.Rendering.Numbers.Short(counted) : "?", row[at..]);
        Assert.Contains(line, output);
        Assert.Equal(line.Length == 0, !output.Contains("is not counted"));
    }

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task A_strangers_plugin_keeps_the_contract(string name)
    {
        var assembly = Assembly.LoadFrom(Path.Combine(await built.Of(name), $"{name}.dll"));
        var plugin = (IPlugin)Activator.CreateInstance(assembly.GetType($"{name}Plugin", throwOnError: true)!)!;
        var required = Required();
        object[] given = [.. assembly.GetTypes().Where(type => required.ContainsKey(type.Name)).Select(type =>
        {
            var options = Activator.CreateInstance(type)!;
            var (key, value) = required[type.Name];
            type.GetProperty(key)!.SetValue(options, value);
            return options;
        })];
        var source = new SourceContext([Path.Combine(data, "train-*.tar")], temporary["cache"]);
        var report = Conformance.Check(plugin, [.. given, source]);
        Assert.NotEmpty(report.Passed);
        Assert.True(report.LeftOut.Count == 0, string.Join('\n', report.LeftOut));
    }
}
