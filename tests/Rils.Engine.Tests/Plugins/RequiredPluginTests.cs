using System.Text;
using Rils.Contract;
using Rils.Engine.Plugins;

namespace Rils.Tests.Engine.Plugins;

/// <summary>A plugin requires others, and shares their types.</summary>
public sealed class RequiredPluginTests : IDisposable
{
    const string Builder = "Fixture.Builder";

    readonly TemporaryFolder temporary = new();

    public void Dispose() => temporary.Dispose();

    static string Own(string name) => Path.Combine(PluginLocations.Default, name);

    /// <summary>The folders of the plugin that builds on others, of those, and of one that it does not need.</summary>
    static string[] Roots => [FixturePlugins.Of(Builder), FixturePlugins.Of("Bob"), FixturePlugins.Of("Alice"),
        Own("Rils.WebDataset"), Own("Rils.Sources"), Own("Rils.Layers")];

    static IReadOnlyList<PluginProblem> Problems(params string[] roots) =>
        Assert.Throws<PluginException>(() => PluginLoader.Load(roots)).Problems;

    static IOptimizer Made(PluginSet set, string kind)
    {
        using var services = new KindScope();
        var entry = set.Registry.Find("optimizer", kind)!;
        return (IOptimizer)entry.Make!(Activator.CreateInstance(entry.Options)!, new ExperimentContext(64, 8, 1, 1, 2),
            services)!;
    }

    [Fact]
    public void Its_types_are_those_of_the_required_plugin_in_any_order_of_the_roots()
    {
        foreach (var roots in new[] { Roots, [.. Roots.Reverse()], [.. Roots.Skip(2), .. Roots.Take(2)] })
        {
            using var set = PluginLoader.Load(roots);
            Assert.Equal(["Alice", "Bob", Builder, "Rils.Layers", "Rils.Sources", "Rils.WebDataset"],
                set.Plugins.Select(plugin => plugin.Name));
            var (lion, slow) = (Made(set, "alice/lion"), Made(set, "slow-lion"));
            Assert.Same(lion.GetType(), slow.GetType().GetProperty("Inner")!.GetValue(slow)!.GetType());
            // The options of two kinds, registered by two plugins, are one class.
            Assert.Same(set.Registry.Find("optimizer", "alice/lion")!.Options,
                set.Registry.Find("optimizer", "slow-lion")!.Options);
        }
    }

    [Fact]
    public void The_required_assembly_comes_from_its_folder_and_not_from_the_process()
    {
        using var set = PluginLoader.Load(Roots);
        var decoder = set.Registry.Find("decoder", "one-block")!;
        using var services = new KindScope();
        using var module = (Rils.Contract.Decoder)decoder.Make!(Activator.CreateInstance(decoder.Options)!,
            new DecoderContext(new(8), new(new(2, 2), 4, 1), new(4)), services)!;
        var block = module.named_modules().Single(child => child.name == "block").module;
        Assert.Equal(Path.Combine(Own("Rils.Layers"), "Rils.Layers.dll"), block.GetType().Assembly.Location);
    }

    [Fact]
    public void A_run_records_what_its_plugins_require()
    {
        using var set = PluginLoader.Load(Roots);
        Assert.Equal(["Alice", Builder, "Rils.Layers", "Rils.Sources", "Rils.WebDataset"],
            set.WithRequired(new HashSet<string> { Builder }).Select(plugin => plugin.Name));
        Assert.Equal(["Bob"], set.WithRequired(new HashSet<string> { "Bob" }).Select(plugin => plugin.Name));
    }

    [Fact]
    public void All_that_is_missing_is_told_together_with_the_fix()
    {
        var problems = Problems(FixturePlugins.Of(Builder), FixturePlugins.Of("Fixture.Throws"));
        Assert.Equal([$"plugin {Builder} needs plugin Rils.Layers [0.1,1.0), which is not here",
            $"plugin {Builder} needs plugin Rils.WebDataset [0.1,1.0), which is not here",
            $"plugin {Builder} needs plugin alice [1.0,2.0), which is not here"],
            problems.Take(3).Select(problem => problem.What));
        Assert.All(problems.Take(3), problem => Assert.Equal(FixturePlugins.Of(Builder), problem.Where));
        Assert.Equal("install it by `rils plugins add FILE`, or name the folder of alice by --plugins too",
            problems[2].Fix);
        Assert.StartsWith("plugin Fixture.Throws failed in Configure", Assert.Single(problems.Skip(3)).What);
    }

    [Theory]
    [InlineData("[1.0,1.2)", "needs plugin Alice [1.0,1.2), and here is 1.2.0",
        "take a release of Alice with such a version, or one of Fixture.Builder for this version")]
    [InlineData("[3.0,2.0)", "needs plugin Alice in the versions \"[3.0,2.0)\", which is no range of versions",
        "\"[1.2,2.0)\" is 1.2 to below 2.0")]
    public void Another_version_is_refused(string versions, string what, string fix)
    {
        var folder = FixturePlugins.CopyTo(temporary[Builder], Builder);
        var assembly = Path.Combine(folder, $"{Builder}.dll");
        // Latin-1 keeps every byte.
        var bytes = Encoding.Latin1.GetString(File.ReadAllBytes(assembly));
        Assert.Contains("[1.0,2.0)", bytes);
        File.WriteAllBytes(assembly, Encoding.Latin1.GetBytes(bytes.Replace("[1.0,2.0)", versions)));
        var problem = Assert.Single(Problems([folder, .. Roots.Skip(1)]));
        Assert.Equal($"plugin {Builder} {what}", problem.What);
        Assert.Contains(fix, problem.Fix);
    }

    [Fact]
    public void A_copy_of_the_required_assembly_in_its_folder_is_refused()
    {
        var folder = FixturePlugins.CopyTo(temporary[Builder], Builder);
        File.Copy(Path.Combine(FixturePlugins.Of("Alice"), "Alice.dll"), Path.Combine(folder, "Alice.dll"));
        var problem = Assert.Single(Problems([folder, .. Roots.Skip(1)]));
        Assert.Equal($"plugin {Builder} ships its own Alice.dll, which must be that of plugin Alice", problem.What);
        Assert.StartsWith($"add Private=\"false\" to the reference to Alice in {Builder}.csproj", problem.Fix);
    }

    [Fact]
    public void Where_a_required_plugin_fails_that_alone_is_told()
    {
        var broken = FixturePlugins.CopyTo(temporary["Alice"], "Alice");
        File.WriteAllText(Path.Combine(broken, "Alice.dll"), "");
        Assert.StartsWith("plugin Alice is not a .NET assembly",
            Assert.Single(Problems([.. Roots.Where(root => !root.EndsWith("Alice")), broken])).What);
    }

    /// <summary>The plugins are made of metadata alone: their folders are empty.</summary>
    [Fact]
    public void Circles_and_uses_that_nobody_declared_are_told_in_one_order()
    {
        InspectedPlugin Plugin(string name, string[] uses, params (string, string)[] requires) => new(
            new(name, Directory.CreateDirectory(temporary["circle", name]).FullName),
            new([.. uses.Select(used => (used, new Version(1, 0)))], "1.0.0+abc", requires));
        InspectedPlugin[] plugins = [Plugin("A", [], ("B", "1.0")), Plugin("B", [], ("C", "1.0")),
            Plugin("C", [], ("A", "1.0")), Plugin("D", [], ("C", "1.0")), Plugin("E", ["F"]), Plugin("F", []),
            Plugin("G", ["F"], ("H", "1")), Plugin("H", ["F"], ("f", "[1.0]"))];
        foreach (var given in new[] { plugins, [.. plugins.Reverse()] })
        {
            var problems = new PluginProblems();
            InspectedPlugin[] sorted = [.. given.OrderBy(plugin => plugin.Name, StringComparer.Ordinal)];
            var ordered = new PluginRequirements(sorted.Select(plugin => plugin.Name), sorted, problems).Order();
            Assert.Equal(["F", "H", "G"], ordered.Select(plugin => plugin.Name));
            var told = Assert.Throws<PluginException>(problems.ThrowIfAny).Problems;
            Assert.Equal(["plugins need each other: A needs B needs C needs A",
                "plugin E uses plugin F and does not say so"], told.Select(problem => problem.What));
            Assert.Equal("add [assembly: RequiresPlugin(\"F\", \"1.0.0\")] to its code", told[1].Fix);
        }
    }
}
