using Rils.Runs;
using Rils.Tests.Cli;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Plugins;

/// <summary>A run with plugins of two authors, and with a plugin that builds on others.</summary>
public sealed class TwoAuthorsTests
{
    static string[] With(params string[] names) =>
        [.. names.SelectMany(name => new[] { "--plugins", FixturePlugins.Of(name) })];

    static byte[] Weights(Toy toy, string run, string arm) =>
        SavedTensors.Of(Path.Combine(toy[run], "seed-0", arm, "model.safetensors"));

    const string Lions = "\n[[arm]]\nname = \"alice\"\noptimizer = { kind = \"alice/lion\" }\n"
        + "[[arm]]\nname = \"bob\"\noptimizer = { kind = \"bob/lion\" }\n";

    [Fact]
    public void Two_lions_train_side_by_side_and_a_resumed_run_has_the_same_bytes()
    {
        using var toy = new Toy();
        var file = toy.Write("lions.toml", Toy.Text.Replace("steps = 12\n", "steps = 12\ncheckpoint = { every = 4 }\n")
            + Lions);
        Command.Process(["run", file, "--out", toy["whole"], .. With("Alice", "Bob")]).Returns(0);
        Assert.NotEqual(Weights(toy, "whole", "alice"), Weights(toy, "whole", "bob"));
        Assert.Equal(["Alice", "Bob"], RunManifest.Read(toy["whole"]).Plugins.Select(plugin => plugin.Name)
            .Where(name => !name.StartsWith("Rils.")));
        using (var run = new HeldRun(step: 6, ["run", file, "--out", toy["killed"], .. With("Bob", "Alice")]))
        {
            run.Signal(9);
            Assert.NotEqual(0, run.End().Code);
        }
        Command.Process(["run", "--resume", toy["killed"]]).Returns(0);
        foreach (var arm in new[] { "rils", "clip", "alice", "bob" })
            Assert.Equal(Weights(toy, "whole", arm), Weights(toy, "killed", arm));
    }

    [Fact]
    public void A_sweep_goes_over_both_and_a_bare_name_in_it_is_told_at_its_place()
    {
        using var toy = new Toy();
        string Swept(string kinds) => toy.Write("sweep.toml", $"{Toy.Text}\n[sweep]\n\"optimizer.kind\" = [{kinds}]\n");
        var output = Command.Process(["check", Swept("\"alice/lion\", \"bob/lion\""), .. With("Alice", "Bob")])
            .Returns(0).Output;
        Assert.Contains("clip-optimizer-alice-lion  optimizer alice/lion", output);
        Assert.Contains("clip-optimizer-bob-lion    optimizer bob/lion", output);
        Assert.Matches(@"sweep\.toml:\d+:30: several plugins have a kind `lion` of \[optimizer\]: write ",
            Command.Process(["check", Swept("\"adamw\", \"lion\""), .. With("Alice", "Bob")]).Returns(2).Error);
    }

    /// <summary>The run began where only one plugin had the kind, by its bare name.</summary>
    [Fact]
    public void A_run_goes_on_where_another_plugin_has_come_with_the_same_kind()
    {
        using var toy = new Toy();
        var file = toy.Write("lion.toml", Toy.Text + "\n[[arm]]\nname = \"lion\"\noptimizer = { kind = \"lion\" }\n");
        Command.Process(["run", file, "--out", toy["alone"], .. With("Alice")]).Returns(0);
        var resolved = File.ReadAllText(Path.Combine(toy["alone"], RunFolder.ExperimentFile));
        Assert.Contains("kind = \"alice/lion\"", resolved);
        Command.Process(["run", "--resume", toy["alone"], "--set", "seeds=[0, 1]", .. With("Bob")]).Returns(0);
        Command.Process(["run", toy["alone"] + "/experiment.toml", "--out", toy["again"], .. With("Alice", "Bob")])
            .Returns(0);
        Assert.Equal(Weights(toy, "alone", "lion"), Weights(toy, "again", "lion"));
        Assert.Contains("several plugins have a kind `lion` of [optimizer]: write `alice/lion` or `bob/lion`",
            Command.Process(["check", file, .. With("Alice", "Bob")]).Returns(2).Error);
    }

    [Fact]
    public void Kinds_made_of_other_plugins_classes_train_and_the_run_is_held_to_those_plugins()
    {
        using var toy = new Toy();
        var file = toy.Write("built.toml", Toy.Text.Replace("\"webdataset\"", "\"every-second\"")
            .Replace("decoder = { kind = \"mae\" }", "decoder = { kind = \"one-block\" }\n"
                + "optimizer = { kind = \"slow-lion\" }"));
        Command.Process(["run", file, "--out", toy["built"], .. With("Fixture.Builder", "Alice")]).Returns(0);
        var manifest = RunManifest.Read(toy["built"]);
        Assert.Superset(new HashSet<string> { "Alice", "Fixture.Builder", "Rils.Layers", "Rils.WebDataset" },
            manifest.Plugins.Select(plugin => plugin.Name).ToHashSet());
        using var temporary = new TemporaryFolder();
        var other = FixturePlugins.CopyTo(temporary["Alice"], "Alice");
        File.WriteAllText(Path.Combine(other, "notes.txt"), "another build");
        string[] again = ["run", "--resume", toy["built"], "--set", "seeds=[0, 1]", "--plugins", other,
            .. With("Fixture.Builder")];
        Assert.Contains("--accept Alice goes on", Command.Process(again).Returns(2).Error);
        Command.Process([.. again, "--accept", "Alice"]).Returns(0);
    }
}
