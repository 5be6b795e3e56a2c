using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Tests.Engine.Plugins;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Loading;

/// <summary>Kinds of two authors that have one name, and <c>[plugins]</c>.</summary>
public sealed class PluginNamesTests : IDisposable
{
    static readonly Dictionary<string, PluginSet> loaded = [];

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    /// <summary>This project's plugins and those of some strangers, loaded once.</summary>
    static PluginSet With(params string[] strangers)
    {
        var key = string.Join(' ', strangers);
        lock (loaded)
            return loaded.TryGetValue(key, out var set) ? set : loaded[key] =
                PluginLoader.Load([.. TinyExperiment.PluginFolders, .. strangers.Select(FixturePlugins.Of)]);
    }

    static Experiment Load(PluginSet plugins, string file, params string[] sets) =>
        new ExperimentLoader(plugins.Registry, NullLogger<ExperimentLoader>.Instance).Load(file, sets);

    static string Resolved(PluginSet plugins, string file, params string[] sets)
    {
        using var experiment = Load(plugins, file, sets);
        return ResolvedExperiment.Write(experiment.Resolved);
    }

    static string[] Mistakes(PluginSet plugins, string file, params string[] sets) =>
        [.. Assert.Throws<ExperimentException>(() => Load(plugins, file, sets)).Problems.Select(one => $"{one}")];

    const string Lions = """
        [[arm]]
        name = "a"
        optimizer = { kind = "alice/lion" }
        [[arm]]
        name = "b"
        optimizer = { kind = "bob/lion" }
        """;

    [Fact]
    public void Two_authors_kinds_of_one_name_are_in_one_experiment()
    {
        using var experiment = Load(With("Alice", "Bob"), tiny.Write(Lions));
        Assert.Equal(["Alice", "Bob"],
            experiment.ArmDefinitions.Select(arm => arm.Tables["optimizer"].Entry.Plugin));
        Assert.Equal([["optimizer alice/lion"], ["optimizer bob/lion"]],
            ArmComposition.Of(experiment).Select(arm => arm.Own));
    }

    [Fact]
    public void A_bare_name_of_two_is_an_error_that_lists_both()
    {
        var file = tiny.Write(Lions.Replace("bob/", ""));
        Assert.Matches(@"^\S+:\d+:22: several plugins have a kind `lion` of \[optimizer\]: "
            + "write `alice/lion` or `bob/lion`$", Assert.Single(Mistakes(With("Alice", "Bob"), file)));
    }

    /// <summary>The resolved file has the full name, so another plugin that comes later changes nothing.</summary>
    [Fact]
    public void What_a_resolved_file_means_depends_on_no_other_plugin()
    {
        var file = tiny.Write(TinyExperiment.Clip);
        string[] bare = ["optimizer.kind=lion", "optimizer.momentum=0.8"], full =
            ["optimizer.kind=ALICE/lion", "optimizer.momentum=0.8"];
        var resolved = Resolved(With("Alice"), file, bare);
        Assert.Contains("kind = \"alice/lion\"\nmomentum = 0.8", resolved);
        Assert.Equal(resolved, Resolved(With("Alice"), file, full));
        Assert.Equal(resolved, Resolved(With("Alice", "Bob"), file, full));
        File.WriteAllText(file, resolved);
        Assert.Equal(resolved, Resolved(With("Alice"), file));
        Assert.Equal(resolved, Resolved(With("Alice", "Bob"), file));
    }

    [Fact]
    public void Its_own_kinds_stay_bare()
    {
        var resolved = Resolved(With("Alice", "Bob"), tiny.Write(TinyExperiment.Clip));
        Assert.Contains("kind = \"adamw\"", resolved);
        Assert.DoesNotContain('/', string.Concat(resolved.Split('\n').Where(line => line.StartsWith("kind"))));
        Assert.Equal(resolved, Resolved(With("Alice", "Bob"), tiny.Write(TinyExperiment.Clip),
            "optimizer.kind=rils.adamw/adamw"));
    }

    /// <summary>The name of an item without a <c>name</c> is that of the kind alone: results carry it.</summary>
    [Fact]
    public void An_item_of_a_list_is_named_without_the_plugin()
    {
        var rivals = PluginLoader.Load([.. TinyExperiment.PluginFolders, FixturePlugins.Of("Fixture.RivalA")]);
        var file = tiny.Write("""
            [[arm]]
            name = "a"
            objective = [{ kind = "contrastive" }, { kind = "fixture.rivala/rival" }]
            """);
        using var experiment = Load(rivals, file);
        Assert.Equal(["contrastive", "rival"], experiment.ArmDefinitions.Single().Objectives.Keys);
        Assert.Equal(Resolved(rivals, file), Resolved(rivals, file, "arm.a.objective.rival.kind=rival"));
    }

    [Fact]
    public void Arms_may_differ_in_two_authors_kinds_only_where_vary_says_so()
    {
        var file = tiny.Write(Lions);
        var text = File.ReadAllText(file);
        string Varied(string vary)
        {
            File.WriteAllText(file, $"vary = [\"{vary}\"]\n{text}");
            return file;
        }
        Assert.Contains("optimizer.kind is \"bob/lion\" in arm b and \"alice/lion\" in arm a",
            Assert.Single(Mistakes(With("Alice", "Bob"), Varied("masking"))));
        Load(With("Alice", "Bob"), Varied("optimizer")).Dispose();
    }

    [Theory]
    [InlineData("alice/loin", "did you mean `alice/lion`?")]
    [InlineData("adamq", "did you mean `adamw`?")]
    [InlineData("carol/lion", "unknown kind `carol/lion` in [optimizer]")]
    public void An_unknown_name_is_told_with_all_full_names(string kind, string expected)
    {
        var told = Assert.Single(Mistakes(With("Alice", "Bob"), tiny.Write(TinyExperiment.Clip),
            $"optimizer.kind={kind}"));
        Assert.Contains(expected, told);
        Assert.Contains("Kinds: adamw, alice/lion, bob/lion, sgd.", told);
    }

    [Fact]
    public void Needed_plugins_and_versions_are_checked_and_change_nothing_else()
    {
        var (file, plugins) = (tiny.Write(TinyExperiment.Clip), With("Alice", "Bob"));
        var plain = Resolved(plugins, file);
        var text = File.ReadAllText(file);
        File.WriteAllText(file,
            text + "\n[plugins]\nalice = \"[1.2,2.0)\"\nRils.Vit = \"0.1\"\n\"Bob\" = \"[0.1.0]\"\n");
        Assert.Equal(plain, Resolved(plugins, file, "plugins=none"));
        Assert.Contains("[plugins]", Resolved(plugins, file));
        File.WriteAllText(file, $"{text}\n[plugins]\nAlice = \"1.3\"\nCarol = \"1\"\nBob = 1\nRils.Vit = \"new\"\n");
        var line = text.Split('\n').Length + 2;
        Assert.Equal([$"{file}:{line}:9: [plugins] needs Alice 1.3, and 1.2.0 is loaded, from "
                + $"{FixturePlugins.Of("Alice")}: take another release of it, or change the range",
            $"{file}:{line + 1}:1: [plugins] needs Carol 1, which is not loaded: "
                + "install it by `rils plugins add FILE`, or name its folder by --plugins DIR",
            $"{file}:{line + 2}:7: `Bob` in [plugins] is the whole number 1: it must be a range of versions: "
                + "\"1.2\" is 1.2 or later, \"[1.2,2.0)\" is 1.2 to below 2.0, \"[1.2]\" is 1.2 alone",
            $"{file}:{line + 3}:12: `Rils.Vit` in [plugins] is the string \"new\": it must be a range of versions: "
                + "\"1.2\" is 1.2 or later, \"[1.2,2.0)\" is 1.2 to below 2.0, \"[1.2]\" is 1.2 alone"],
            Mistakes(plugins, file));
    }
}
