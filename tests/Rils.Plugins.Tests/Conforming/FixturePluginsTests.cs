using System.Reflection;
using Rils.Contract;
using Rils.Testing;
using Rils.Tests.Engine.Plugins;
using Rils.Tests.Golden;

namespace Rils.Tests.Conforming;

/// <summary>The plugins of tests/plugins that are meant to be right keep the contract.</summary>
public sealed class FixturePluginsTests
{
    static readonly object[] given =
    [
        new WebDataset.WebDatasetOptions(),
        new SourceContext([Path.Combine(Repository.Root, "experiments", "data", "clipart-mini", "val-*.tar")],
            Path.Combine(Path.GetTempPath(), "rils-conforming")),
    ];

    [Theory]
    [InlineData("Alice")]
    [InlineData("Bob")]
    [InlineData("Fixture.Good", "Fixture.Library")]
    [InlineData("Fixture.Services")]
    [InlineData("Fixture.Builder", "Alice")]
    public void A_fixture_that_is_right_keeps_the_contract(string name, params string[] required)
    {
        foreach (var other in required) Load(other);
        var plugin = Load(name).GetTypes().Single(type => type.IsAssignableTo(typeof(IPlugin)));
        var report = Conformance.Check((IPlugin)Activator.CreateInstance(plugin)!, given);
        Assert.NotEmpty(report.Passed);
        Assert.Empty(report.LeftOut);
    }

    static Assembly Load(string name)
    {
        var file = Path.Combine(FixturePlugins.Of(name), $"{name}.dll");
        return Assembly.LoadFrom(File.Exists(file) ? file : Directory.GetFiles(
            Path.GetDirectoryName(FixturePlugins.Of(name))!, $"{name}.dll", SearchOption.AllDirectories)[0]);
    }
}
