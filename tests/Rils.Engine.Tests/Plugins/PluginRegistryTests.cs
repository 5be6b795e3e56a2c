using Rils.Contract;
using Rils.Scheduling;
using Rils.Engine.Plugins;

namespace Rils.Tests.Engine.Plugins;

public sealed class PluginRegistryTests
{
    sealed record Options;

    sealed class Plugin(Action<IRilsBuilder> configure) : IPlugin
    {
        public void Configure(IRilsBuilder rils) => configure(rils);
    }

    static PluginRegistry Registry(params (string Name, Action<IRilsBuilder> Configure)[] plugins) =>
        PluginRegistry.Of([.. plugins.Select(plugin => (plugin.Name, (IPlugin)new Plugin(plugin.Configure)))]);

    static string Problem(Action<IRilsBuilder> configure) =>
        Assert.Single(Assert.Throws<PluginException>(() => Registry(("Mine", configure))).Problems).ToString();

    [Fact]
    public void EverySlotHasItsTable()
    {
        var registry = Registry(("Mine", rils => rils
            .Backbone<Options, Backbone>("k", (_, _) => null!).TextEncoder<Options>("k", (_, _) => null!)
            .Decoder<Options>("k", (_, _) => null!)
            .Space<Options>("k", (_, _) => null!).Masking<Options>("k", (_, _) => null!)
            .Optimizer<Options>("k", (_, _) => null!)
            .Schedule<Options>("k", (_, _) => null!).Head<Options>("k", (_, _) => null!)
            .Source<Options>("k", (_, _) => null!)
            .Tokenizer<Options>("k", (_, _) => null!).Augmentation<Options>("k", (_, _) => null!)
            .Target<Options>("k").Objective<Options>("k").Component<Options>("ema")));
        Assert.Equal(["backbone", "data", "data.augmentation", "data.tokenizer", "decoder", "ema", "head", "init",
            "masking", "objective", "optimizer",
            "schedule", "space", "target", "text"], registry.Tables);
        Assert.All(registry.Tables.Except(["ema", "init"]), table => Assert.NotNull(registry.Find(table, "k")));
        Assert.NotNull(registry.Find("ema", null));
        Assert.Null(registry.Find("ema", "k"));
        Assert.Null(registry.Find("unknown", "k"));
        Assert.Empty(registry.Kinds("ema"));
    }

    [Fact]
    public void WhatIsNoSlotIsRefused() =>
        Assert.Contains("plugin Mine registers kind \"k\" of String, which is not a slot",
            Problem(rils => rils.Kind("k", (Options _, ExperimentContext _) => "")));

    [Fact]
    public void AFactoryTakesItsSlotsContext()
    {
        var problem = Problem(rils => rils.Kind<Options, HeadContext, IMasking>("k", (_, _) => null!));
        Assert.Contains("registers [masking] kind \"k\" with a factory that takes HeadContext", problem);
        Assert.Contains("take ExperimentContext, the context of this slot", problem);
    }

    [Theory]
    [InlineData("masking", null, "which is no IMaskingOptions")]
    [InlineData("optimizer", null, "which is the table of the slot IOptimizer")]
    [InlineData("data", "x", "which is the table of the slot ISource")]
    [InlineData("checkpoint", null, "which is a key of the engine")]
    [InlineData("target", null, "[target] without a kind")]
    [InlineData("Ema", null, "lowercase letters")]
    [InlineData("a.b", null, "lowercase letters")]
    [InlineData("target", "none", "drops the table from an arm")]
    [InlineData("target", "Pixel", "a kind's name is lowercase")]
    public void AComponentCannotTakeWhatMeansSomethingElse(string table, string? kind, string expected) =>
        Assert.Contains(expected, Problem(rils => rils.Component<Options>(table, kind)));

    [Fact]
    public void OnePluginCannotRegisterOneThingTwice()
    {
        Assert.Contains("plugin Mine registers twice [ema]",
            Problem(rils => rils.Component<Options>("ema").Component<Options>("ema")));
        Assert.Contains("[ema], once without kinds and once with",
            Problem(rils => rils.Component<Options>("ema").Component<Options>("ema", "slow")));
    }

    [Fact]
    public void ThreeClaimsNameAllThree()
    {
        static void Claim(IRilsBuilder rils) => rils.Component<Options>("ema");
        var error = Assert.Throws<PluginException>(() => Registry(("C", Claim), ("A", Claim), ("B", Claim)));
        Assert.StartsWith("plugins A and B and C both register [ema]", error.Message);
        Assert.Contains("rename the table in one of the plugins", error.Message);
    }

    [Fact]
    public void TwoOfThisProjectsPluginsCannotHaveOneKind() =>
        Assert.StartsWith("plugins Rils.A and Rils.B both register [target] kind = \"pixel\"",
            Assert.Throws<PluginException>(() => Registry(("Rils.B", rils => rils.Target<Options>("pixel")),
                ("Rils.A", rils => rils.Target<Options>("pixel")))).Message);

    [Fact]
    public void ANameMeansThisProjectsKindOrTheOnlyOneOrNone()
    {
        static void Claim(IRilsBuilder rils) => rils.Target<Options>("pixel");
        string? Meant(PluginRegistry registry, string kind) => registry.Find("target", kind)?.Plugin;
        var one = Registry(("Alice.Pixels", Claim));
        Assert.Equal("Alice.Pixels", Meant(one, "pixel"));
        Assert.Equal("Alice.Pixels", Meant(one, "ALICE.pixels/pixel"));
        Assert.Null(Meant(one, "alice/pixel"));
        Assert.Null(Meant(one, "pixels/pixel"));
        Assert.Null(Meant(one, "alice.pixels/Pixel"));
        Assert.Equal(["alice.pixels/pixel"], one.Kinds("target"));
        var two = Registry(("Bob", Claim), ("Alice.Pixels", Claim));
        Assert.Null(Meant(two, "pixel"));
        Assert.Equal(["alice.pixels/pixel", "bob/pixel"], two.Meant("target", "pixel").Select(entry => entry.Name));
        Assert.Equal("Bob", Meant(two, "bob/pixel"));
        var ours = Registry(("Bob", Claim), ("Alice.Pixels", Claim), ("Rils.PixelTarget", Claim));
        Assert.Equal("Rils.PixelTarget", Meant(ours, "pixel"));
        Assert.Equal("Rils.PixelTarget", Meant(ours, "rils.pixeltarget/pixel"));
        Assert.Equal("Bob", Meant(ours, "bob/pixel"));
        Assert.Equal(["alice.pixels/pixel", "bob/pixel", "pixel"], ours.Kinds("target"));
    }

    [Fact]
    public void StrangersMayNameTheirSystemsAlikeAndNotAsThisProjectDoes()
    {
        static void Claim(IRilsBuilder rils) => rils.System(Stage.Update, "step", () => { });
        Assert.Equal(["A", "B"], Registry(("B", Claim), ("A", Claim)).Systems.Select(system => system.Origin));
        Assert.StartsWith("plugins A and Rils.B both register the system \"step\"",
            Assert.Throws<PluginException>(() => Registry(("Rils.B", Claim), ("A", Claim))).Message);
        Assert.StartsWith("plugin A registers twice the system \"step\"",
            Assert.Throws<PluginException>(() => Registry(("A", rils => { Claim(rils); Claim(rils); }), ("B", Claim)))
                .Message);
    }

    [Fact]
    public void RegistrationOrderDoesNotMatter()
    {
        (string, Action<IRilsBuilder>)[] plugins =
        [
            ("B", rils => rils.Target<Options>("y").Target<Options>("x").System(Stage.Update, "b", () => { })),
            ("A", rils => rils.Component<Options>("zeta").System(Stage.Setup, "c", () => { })
                .System(Stage.Update, "a", () => { })),
        ];
        foreach (var registry in new[] { Registry(plugins), Registry([.. plugins.Reverse()]) })
        {
            Assert.Equal(["init  engine", "target x B", "target y B", "zeta  A"],
                registry.Entries.Select(entry => $"{entry.Table} {entry.Kind} {entry.Plugin}"));
            Assert.Equal(["a A", "b B", "c A"], registry.Systems.Select(system => $"{system.Name} {system.Origin}"));
        }
    }

    [Fact]
    public void AfterConfigureNothingCanBeRegistered()
    {
        IRilsBuilder? kept = null;
        Registry(("Mine", rils => kept = rils));
        Assert.Contains("Mine",
            Assert.Throws<InvalidOperationException>(() => kept!.Component<Options>("late")).Message);
    }
}
