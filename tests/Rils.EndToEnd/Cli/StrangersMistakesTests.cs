using Rils.Tests.Engine.Plugins;

namespace Rils.Tests.Cli;

/// <summary>A stranger's plugin in whole commands: a head that throws, and masks that no <c>[masking]</c>
/// makes.</summary>
public sealed class StrangersMistakesTests : IDisposable
{
    readonly Toy toy = new();

    public void Dispose() => toy.Dispose();

    [Fact]
    public void A_head_that_throws_is_an_error_and_all_else_is_there()
    {
        var file = toy.Write("poisoned.toml",
            Toy.Text + "\n[[head]]\nkind = \"poison\"\ndata = \"toy-*.tar\"\narm = \"clip\"\n");
        var run = Command.Process("run", file, "--out", toy["run"], "--plugins", FixturePlugins.Of("Fixture.Poison"))
            .Returns(1);
        foreach (var step in (int[])[0, 12])
            Assert.Contains($"error: head poison of arm clip (seed 0) failed at step {step}: poisoned\n", run.Error);
        Assert.DoesNotContain("stopped early", run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.Matches(@"poison +found +1 +failed", run.Output);
        foreach (var arm in (string[])["rils", "clip"])
            Assert.True(File.Exists(Path.Combine(toy["run"], "seed-0", arm, "model.safetensors")));
        Assert.Contains("   at ", File.ReadAllText(Path.Combine(toy["run"], "seed-0", "clip", "error.log")));
        var again = Command.Process("run", "--resume", toy["run"], "--plugins", FixturePlugins.Of("Fixture.Poison"))
            .Returns(1);
        Assert.Contains("error: head poison of arm clip (seed 0) failed at step 12: poisoned\n", again.Error);
        var compared = Command.Here("compare", toy["run"]).Returns(0);
        Assert.Contains("head poison failed on arm clip for seed 0, so that arm is left out of its figures: poisoned",
            compared.Output + compared.Error);
        Command.Here("report", toy["run"]).Returns(0);
    }

    [Fact]
    public void Check_says_what_it_cannot_count_where_a_plugin_makes_the_masks()
    {
        var file = toy.Write("masked.toml",
            Toy.Text.Replace("masking = { kind = \"random\", ratio = 0.75 }", "poison_mask = { visible = 5 }"));
        var check = Command.Here("check", file, "--plugins", FixturePlugins.Of("Fixture.Poison")).Returns(0);
        Assert.Contains("arm rils: the cost of visible patches and decoder is not counted: a plugin's "
            + "own system makes its masks, and no [masking] tells how many patches stay visible", check.Output);
        Assert.Matches(@"rils [^\n]*\? +\?", check.Output);
        Command.Process("run", file, "--out", toy["run"], "--plugins", FixturePlugins.Of("Fixture.Poison")).Returns(0);
        // A benchmark sees the masks themselves, and so needs no [masking].
        Command.Process("bench", file, "--steps", "1", "--plugins", FixturePlugins.Of("Fixture.Poison")).Returns(0);
    }
}
