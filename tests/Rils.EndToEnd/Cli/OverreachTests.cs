using Rils.Tests.Engine.Plugins;

namespace Rils.Tests.Cli;

/// <summary>A plugin whose systems update what they may only read is refused by name before anything is
/// trained.</summary>
public sealed class OverreachTests : IDisposable
{
    readonly Toy toy = new();

    [Fact]
    public void A_plugin_that_updates_what_it_may_only_read_is_refused_by_the_names_of_its_systems()
    {
        var refused = Command.Here("run", toy.Experiment, "--plugins", FixturePlugins.Of("Fixture.Overreach"),
            "--out", toy["run"], "--set", "overreach={}").Returns(2);
        Assert.Contains("overreach.blur runs once per arm and may only read Images, which all arms share",
            refused.Error);
        Assert.Contains("overreach.anneal updates OverreachOptions, "
            + "which no system makes: make it in Setup by an out parameter", refused.Error);
        Assert.DoesNotContain("   at ", refused.Error);
    }

    public void Dispose() => toy.Dispose();
}
