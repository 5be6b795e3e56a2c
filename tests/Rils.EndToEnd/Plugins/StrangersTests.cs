using System.Reflection;
using Rils.Contract;
using Rils.Testing;
using Rils.Tests.Cli;
using Rils.Tests.Engine.Runs;
using Rils.Tests.Golden;

namespace Rils.Tests.Engine.Plugins;

/// <summary>Plugins that were written from the published docs alone, in tests/strangers: each is built as the docs say,
/// outside the repository, trains, is killed and resumed.</summary>
public sealed class StrangersTests(BuiltStrangers built) : IClassFixture<BuiltStrangers>, IDisposable
{
    const int Killed = 9, MostLines = 80;

    static readonly string data = Path.Combine(Repository.Root, "experiments", "data", "clipart-mini");

    /// <summary>Options that have no defaults.</summary>
    static readonly Dictionary<string, (string Key, object Value)> required = new()
    {
        ["FewShotOptions"] = ("Train", Path.Combine(data, "train-*.tar")), ["SupervisedOptions"] = ("Classes", 3),
    };

    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    public static TheoryData<string> Names =>
        [.. Directory.GetDirectories(BuiltStrangers.Home).Select(folder => Path.GetFileName(folder))
            .Order(StringComparer.Ordinal)];

    [Fact]
    public void The_page_shows_the_supervised_loss() => Assert.Contains(
        File.ReadAllText(Path.Combine(BuiltStrangers.Home, "SupervisedLoss", "SupervisedLossPlugin.cs")),
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

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public async Task A_strangers_plugin_keeps_the_contract(string name)
    {
        var assembly = Assembly.LoadFrom(Path.Combine(await built.Of(name), $"{name}.dll"));
        var plugin = (IPlugin)Activator.CreateInstance(assembly.GetType($"{name}Plugin", throwOnError: true)!)!;
        object[] given = [.. assembly.GetTypes().Where(type => required.ContainsKey(type.Name)).Select(type =>
        {
            var options = Activator.CreateInstance(type)!;
            var (key, value) = required[type.Name];
            type.GetProperty(key)!.SetValue(options, value);
            return options;
        })];
        var report = Conformance.Check(plugin, given);
        Assert.NotEmpty(report.Passed);
        Assert.Empty(report.LeftOut);
    }
}
