using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Plugins;
using Rils.Engine.Slots;
using Rils.Scheduling;
using Rils.Tests.Contracts;
using Rils.Tests.Engine.Runs;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Plugins;

/// <summary>Kinds that are classes: what their constructors get, and how long that lives.</summary>
public sealed class KindClassTests
{
    static readonly ExperimentContext context = new(64, 8, 100, 10, 512);

    [Fact]
    public void A_class_gets_options_context_logger_and_services()
    {
        var log = new LoggedLines();
        using var registry = Registry(log, ("Mine", Configure));
        using var scope = new KindScope();
        var options = new Options { Number = 7 };
        var made = Assert.IsType<Kept>(registry.Find("masking", "kept")!.Make!(options, context, scope));
        Assert.Same(options, made.Options);
        Assert.Same(context, made.Context);
        Assert.NotNull(made.Own);
        Assert.Equal([$"{typeof(Kept).FullName!.Replace('+', '.')}: number 7"], log.Lines);
    }

    [Fact]
    public void A_scoped_service_is_one_in_a_scope_and_ends_with_it_and_a_singleton_with_the_plugins()
    {
        var registry = Registry(null, ("Mine", Configure));
        KindScope first = new(), second = new();
        Kept one = Make(registry, first), same = Make(registry, first), other = Make(registry, second);
        Assert.Same(one.Own, same.Own);
        Assert.NotSame(one.Own, other.Own);
        Assert.Same(one.All, other.All);
        first.Dispose();
        Assert.Equal((true, false), (one.Own.IsDisposed, other.Own.IsDisposed));
        second.Dispose();
        Assert.False(one.All.IsDisposed);
        registry.Dispose();
        Assert.True(one.All.IsDisposed);
    }

    /// <summary>Two plugins register one service, each its own; whoever comes last takes nothing from the
    /// other.</summary>
    [Fact]
    public void The_order_of_plugins_and_of_registrations_changes_nothing()
    {
        (string, Action<IRilsBuilder>) a = ("A", rils => Named(rils, "a")),
            b = ("B", rils => Named(rils.Masking<Options, NamedMasking>("b"), "b", registersKind: false));
        foreach (var plugins in ((string, Action<IRilsBuilder>)[][])[[a, b], [b, a]])
        {
            using var registry = Registry(null, plugins);
            using var scope = new KindScope();
            foreach (var kind in (string[])["a", "b"])
            {
                var made = registry.Find("masking", kind)!.Make!(new Options(), context, scope)!;
                Assert.Equal(kind, ((NamedMasking)made).Name);
            }
        }

        static void Named(IRilsBuilder rils, string name, bool registersKind = true)
        {
            rils.Services.AddSingleton(new Name(name));
            if (registersKind) rils.Masking<Options, NamedMasking>(name);
        }
    }

    [Fact]
    public void Kinds_of_one_arm_share_what_is_scoped_and_those_of_another_arm_and_another_seed_do_not()
    {
        using var strange = new StrangeExperiment();
        var (experiment, plugins) = strange.Load(Configure, strange.Tiny.Write(Arm("one"), Arm("two")));
        using (plugins)
        {
            var owns = new List<Own>();
            using (experiment)
                foreach (var seed in (long[])[0, 1])
                    foreach (var arm in experiment.NewWorld(seed, "cpu").Arms)
                    {
                        var masking = Assert.IsType<Kept>(arm.Get<IMasking>());
                        Assert.Same(masking.Own, Assert.IsType<KeptRate>(arm.Get<ISchedule>()).Own);
                        owns.Add(masking.Own);
                    }
            Assert.Equal(4, owns.Distinct().Count());
            Assert.All(owns, own => Assert.True(own.IsDisposed));
        }

        static string Arm(string name) => $$"""
            [[arm]]
            name     = "{{name}}"
            masking  = { kind = "kept" }
            schedule = { kind = "kept" }
            decoder  = { kind = "mae", depth = 1 }
            target   = { kind = "pixel" }
            """;
    }

    [Fact]
    public void An_exception_of_the_constructor_is_told_as_that_of_a_factory()
    {
        using var strange = new StrangeExperiment();
        var arm = "[[arm]]\nname = \"mae\"\nmasking = { kind = \"refusing\" }\n"
            + "decoder = { kind = \"mae\", depth = 1 }\ntarget = { kind = \"pixel\" }";
        var refused = Assert.Throws<ExperimentException>(() =>
            strange.Load(rils => rils.Masking<Options, Refusing>("refusing"), strange.Tiny.Write(arm)));
        Assert.Contains("[masking]: number = 3 is odd", refused.Message);
        var failed = Assert.ThrowsAny<Exception>(() =>
            strange.Load(rils => rils.Masking<Options, Slipping>("refusing"), strange.Tiny.Write(arm)));
        Assert.Contains("[masking] of kind strange/refusing (plugin Strange) cannot be made", failed.Message);
    }

    [Fact]
    public void A_constructor_that_nobody_can_call_is_a_problem_of_the_plugin()
    {
        Assert.Equal("plugin Mine registers [masking] kind = \"k\" by NamedMasking, "
            + "whose constructor takes Name, which nobody registers\n"
            + "  where: Rils.Tests.Contracts.StrangePlugin\n"
            + "  fix:   register this service in Configure, as in rils.Services.AddSingleton<Name>(...); "
            + "the host itself gives Options, ExperimentContext and ILogger<NamedMasking>",
            Problem(rils => rils.Masking<Options, NamedMasking>("k")));
        Assert.Contains("by Choice, which has 2 public constructors",
            Problem(rils => rils.Masking<Options, Choice>("k")));
        Assert.Contains("by IMasking, which has 0 public constructors",
            Problem(rils => rils.Masking<Options, IMasking>("k")));
    }

    [Fact]
    public void A_service_that_can_never_be_made_is_a_problem_of_the_plugin()
    {
        Assert.Contains("plugin Mine registers a service that cannot be made: Cannot consume scoped service "
            + $"'{typeof(Own)}' from singleton '{typeof(Captor)}'.",
            Problem(rils => rils.Services.AddScoped<Own>().AddSingleton<Captor>()));
        Assert.Contains($"Unable to resolve service for type '{typeof(Own)}' "
            + $"while attempting to activate '{typeof(Captor)}'",
            Problem(rils => rils.Services.AddScoped<Captor>()));
    }

    [Fact]
    public void Services_are_closed_once_the_plugin_is_configured()
    {
        IServiceCollection? services = null;
        Registry(null, ("Mine", rils => services = rils.Services)).Dispose();
        Assert.Throws<InvalidOperationException>(() => services!.AddSingleton<All>());
    }

    static void Configure(IRilsBuilder rils)
    {
        rils.Services.AddScoped<Own>().AddSingleton<All>();
        rils.Masking<Options, Kept>("kept").Schedule<Options, KeptRate>("kept");
    }

    static Kept Make(PluginRegistry registry, KindScope scope) =>
        (Kept)registry.Find("masking", "kept")!.Make!(new Options(), context, scope)!;

    static PluginRegistry Registry(
        ILoggerFactory? loggers, params (string Name, Action<IRilsBuilder> Configure)[] plugins) =>
        PluginRegistry.Of(SlotTable.Engine, loggers,
            [.. plugins.Select(plugin => (plugin.Name, (IPlugin)new StrangePlugin(plugin.Configure)))]);

    static string Problem(Action<IRilsBuilder> configure) =>
        Assert.Single(Assert.Throws<PluginException>(() => Registry(null, ("Mine", configure))).Problems).ToString();

    sealed record Options
    {
        public int Number { get; init; } = 3;
    }

    sealed record Name(string Text);

    class Ending : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    sealed class Own : Ending;

    sealed class All : Ending;

    sealed class Captor(Own own)
    {
        public Own Own => own;
    }

    class AnyMasking : IMasking
    {
        public int Visible(int patches) => patches / 2;

        public PatchMask Mask(Tensor noise, PatchGrid grid) => PatchMask.KeepSmallest(noise, Visible(grid.Count));
    }

    sealed class Kept : AnyMasking
    {
        public Kept(All all, ExperimentContext context, ILogger<Kept> logger, Options options, Own own)
        {
            (All, Context, Options, Own) = (all, context, options, own);
            logger.LogInformation("number {Number}", options.Number);
        }

        public All All { get; }

        public ExperimentContext Context { get; }

        public Options Options { get; }

        public Own Own { get; }
    }

    sealed class KeptRate(Own own) : ISchedule
    {
        public Own Own => own;

        public double LearningRate(long step) => 1e-3;
    }

    sealed class NamedMasking(Name name) : AnyMasking
    {
        public string Name => name.Text;
    }

    sealed class Choice : AnyMasking
    {
        public Choice()
        {
        }

        public Choice(Options options) => _ = options;
    }

    sealed class Refusing : AnyMasking
    {
        public Refusing(Options options) => throw new ArgumentException($"number = {options.Number} is odd");
    }

    sealed class Slipping : AnyMasking
    {
        public Slipping() => throw new NullReferenceException("no thought of that");
    }
}
