using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Rils.Cli.Rendering;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Bench;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Engine.Pretrained;
using Rils.Engine.Slots;
using Rils.Engine.Sweeps;
using Rils.Scheduling;
using Rils.Tests.Cli;
using Rils.Tests.Docs;
using Rils.Tests.Engine.Runs;
using Rils.Tests.Golden;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Plugins;

/// <summary>A slot is one entry of <see cref="SlotTable"/>. With one more entry, a file can have the table, an arm is
/// built with the part, and checks, costs, lists and pages know it.</summary>
public sealed class SlotTableTests : IDisposable
{
    /// <summary>The engine's slots, and one that only these tests have.</summary>
    static readonly SlotTable Slots = new([.. SlotTable.Engine.All, Adapters]);

    static Slot Adapters => Slot.Module<Adapter, ExperimentContext, MakeAdapter>(
        "adapter", (make, context) => () => make(context), Setup) with { Prefix = "adapter." };

    const string Adapted = """
        [[arm]]
        name      = "adapted"
        adapter   = { kind = "linear", times = 1.5 }
        objective = [{ kind = "contrastive" }, { kind = "adapted" }]
        """;

    readonly TinyExperiment tiny = new();
    readonly Logged<ExperimentLoader> log = new();

    public void Dispose() => tiny.Dispose();

    [Fact]
    public void A_file_says_it_and_slips_are_told_as_of_any_table()
    {
        Assert.Equal("unknown kind `liner` in [adapter]; "
            + "did you mean `linear`? Kinds: linear. If a plugin brings it, name the plugin's folder by --plugins DIR.",
            Assert.Single(Mistakes(Slots, "arm.adapted.adapter.kind=liner")));
        Assert.StartsWith("unknown key `time` in [adapter]; did you mean `times`?",
            Assert.Single(Mistakes(Slots, "arm.adapted.adapter.time=2")));
        Assert.Equal("`times` in [adapter] is -1; allowed: above 0",
            Assert.Single(Mistakes(Slots, "arm.adapted.adapter.times=-1")));
        Assert.StartsWith("unknown key `times`; did you mean `arm.adapted.adapter.times`?",
            Assert.Single(Mistakes(Slots, "times=2")));
        Assert.StartsWith("unknown table `adaptr`; did you mean `adapter`?",
            Mistakes(Slots, "adaptr.kind=linear")[0]);
    }

    [Fact]
    public void An_arm_that_lacks_it_is_told_by_who_reads_it_or_by_the_slot()
    {
        Assert.Equal("[[objective]] of kind adapted cannot work in arm adapted, "
            + "which lacks [adapter]: add it, or drop this by objective = \"none\" in the arm",
            Assert.Single(Mistakes(Slots, "arm.adapted.adapter=none")));
        SlotTable needed = new([.. SlotTable.Engine.All, Adapters with { IsNeeded = true, Usual = "linear" }]);
        Assert.Contains("arm adapted has no [adapter]. Kinds: linear.", Mistakes(needed, "arm.adapted.adapter=none"));
        Load(needed, Adapted.Replace("kind = \"linear\", ", "")).Dispose();
    }

    [Fact]
    public void It_is_built_trained_and_counted()
    {
        using var experiment = Load(Slots, Adapted, TinyExperiment.Clip);
        var costs = ArmCost.Of(experiment).ToDictionary(cost => cost.Arm);
        Assert.Equal(24 * 16, costs["adapted"].Parameters - costs["clip"].Parameters);
        // A number, its gradient and two moments, in fp32.
        Assert.Equal(24 * 16 * 16, costs["adapted"].Bytes - costs["clip"].Bytes);
        Assert.Equal(["adapter"], costs["adapted"].Untold);
        using var run = new BenchRun(experiment, 0, "cpu", ScalarType.Float32, 1);
        run.Setup();
        run.Step(CancellationToken.None);
        var arm = run.Plan.Arms.Single(arm => arm.Entity.Name == "adapted");
        Assert.Contains(arm.In(Stage.Setup), system => system.Name == "adapter.setup");
        Assert.Contains("adapter.linear.weight", run.Find<Weights>(arm.Entity).Parameters.Keys);
    }

    [Fact]
    public void Memory_is_counted_by_its_own_options_even_by_fractions()
    {
        var wider = Adapted.Replace("adapted\"\n", "wider\"\n").Replace("1.5", "2.5");
        using var experiment = Load(Slots, Adapted, wider);
        var memory = new ArmMemory();
        long[] bytes = [.. experiment.ArmDefinitions.Select(arm => memory.Of(experiment, arm))];
        Assert.True(bytes[0] < bytes[1], $"{bytes[0]} {bytes[1]}");
    }

    [Fact]
    public void A_table_that_nothing_reads_is_told_and_what_varies_may_name_it()
    {
        Load(Slots, TinyExperiment.Clip + "\nadapter = { kind = \"linear\" }").Dispose();
        Assert.Contains(log.Lines,
            line => line.EndsWith("nothing reads [adapter] of arm clip: give it a loss that does, or drop the table"));
        Load(Slots, Adapted, TinyExperiment.Clip, "vary = [\"adapter\", \"objective\"]").Dispose();
    }

    [Fact]
    public void A_value_made_before_Setup_is_a_slot_by_one_entry_too()
    {
        SlotTable slots = new([.. SlotTable.Engine.All, Slot.Value<IPace>("pace") with { IsStateless = true }]);
        void Paced(IRilsBuilder rils) => rils
            .Kind<PaceOptions, ExperimentContext, IPace>("even",
                (options, _) => options.Every > 0 ? new Pace() : throw new ArgumentException("every = 0 is no pace"))
            .Objective<AdaptedOptions>("paced").System(Stage.Objective, "paced",
                static (in AdaptedOptions _, in IPace pace, in ImageEmbedding images, Append<LossTerm> losses) =>
                    losses.Add(new(losses.Name, images.Vectors.mean())));
        const string Arm = "[[arm]]\nname = \"own\"\npace = { kind = \"even\" }\nobjective = [{ kind = \"paced\" }]";
        Load(slots, Paced, [Arm]).Dispose();
        Assert.Equal("[pace]: every = 0 is no pace",
            Assert.Single(Mistakes(slots, Paced, Arm, "arm.own.pace.every=0")));
        Assert.StartsWith("[[objective]] of kind paced cannot work in arm own, which lacks [pace]: add it",
            Assert.Single(Mistakes(slots, Paced, Arm, "arm.own.pace=none")));
    }

    [Fact]
    public void It_is_listed_and_the_page_must_have_it()
    {
        var registry = Registry(Slots, Register);
        using StringWriter output = new();
        KeyTables.Write(Terminal.Of(output, output), registry, "adapter");
        Assert.StartsWith("[adapter] kind = \"linear\"  (Rils.Own)\n", output.ToString());
        Assert.Contains("times", output.ToString());
        var missing = ExperimentsPageTests.MissingOnPage(registry);
        Assert.Contains(missing, block => block.StartsWith("### `[adapter] kind = \"linear\"`\n"));
        Assert.Contains(missing, block => block.Contains("`[[objective]]`, `[adapter]`, a plugin's own"));
    }

    [Fact]
    public void Every_contract_of_a_slot_can_be_registered_by_name()
    {
        var named = typeof(Contract.Slots).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => method.GetParameters()[^1].ParameterType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Func<,,>))
            .Select(type => (Slot(type.GetGenericArguments()[2]), type.GetGenericArguments()[1]));
        Assert.Equal(SlotTable.Engine.All.Where(slot => slot.Contract is not null)
            .Select(slot => (slot.Contract!, slot.Context!)).ToHashSet(), named.ToHashSet());

        // A backbone is registered with its own class, which its slot's type bounds.
        static Type Slot(Type made) => made.IsGenericParameter ? made.GetGenericParameterConstraints().Single() : made;
    }

    [Fact]
    public void Init_takes_the_modules_of_all_slots() => Assert.Equal(
        SlotTable.Engine.All.Where(slot => slot.Setup is not null)
            .Select(slot => slot.Table).Order(StringComparer.Ordinal),
        Enum.GetValues<InitModule>().Select(InitModules.Key).Order(StringComparer.Ordinal));

    /// <summary>A misplaced key is looked up in the tables of <c>[data]</c> too, and data that cannot be opened takes
    /// no objective from an arm.</summary>
    [Fact]
    public void Tables_of_the_data_are_known_where_their_keys_are_looked_for()
    {
        var file = Path.Combine(Repository.Root, "experiments", "paper", "baselines.toml");
        Assert.Contains("--set small_views=2: unknown key `small_views`; did you mean `data.views.small_views`?",
            Command.Here("check", file, "--set", "small_views=2").Error);
        var unopened = Command.Here("check", file, "--set", "data.train='/nonexist/a-*.tar'").Error;
        Assert.Contains("`train` in [data]: no shard matches `/nonexist/a-*.tar`", unopened);
        Assert.DoesNotContain("slip", unopened);
    }

    Experiment Load(SlotTable slots, params string[] arms) => Load(slots, Register, arms);

    Experiment Load(SlotTable slots, Action<IRilsBuilder> register, string[] arms, params string[] sets)
    {
        var vary = arms.FirstOrDefault(arm => arm.StartsWith("vary", StringComparison.Ordinal));
        var file = tiny.Write([.. arms.Where(arm => arm != vary)]);
        if (vary is not null) File.WriteAllText(file, $"{vary}\n{File.ReadAllText(file)}");
        return new ExperimentLoader(Registry(slots, register), log).Load(file, sets);
    }

    string[] Mistakes(SlotTable slots, params string[] sets) => Mistakes(slots, Register, Adapted, sets);

    string[] Mistakes(SlotTable slots, Action<IRilsBuilder> register, string arm, params string[] sets) =>
        [.. Assert.Throws<ExperimentException>(() => Load(slots, register, [arm], sets).Dispose())
            .Problems.Select(problem => problem.Message)];

    static PluginRegistry Registry(SlotTable slots, Action<IRilsBuilder> register) => PluginRegistry.Of(slots,
        ("Vit", new Models.VitPlugin()), ("Text", new Models.TextTransformerPlugin()),
        ("Space", new Models.LinearSpacePlugin()), ("Contrastive", new Contrastive.ContrastivePlugin()),
        ("AdamW", new AdamW.AdamWPlugin()), ("Schedules", new Schedules.SchedulesPlugin()),
        ("WebDataset", new WebDataset.WebDatasetPlugin()), ("Bpe", new Bpe.BpePlugin()),
        ("Imaging", new Imaging.ImagingPlugin()), ("Rils.Own", new Tests.Contracts.StrangePlugin(register)));

    static void Register(IRilsBuilder rils) => rils
        .Kind<LinearOptions, ExperimentContext, Adapter>("linear", static (options, _) => new LinearAdapter(options))
        .Objective<AdaptedOptions>("adapted").System(Stage.Objective, "adapted",
            static (in AdaptedOptions _, in Adapter adapter, in ImageEmbedding images, Append<LossTerm> losses) =>
                losses.Add(new(losses.Name, adapter.Adapt(images.Vectors).mean())));

    static void Setup(in MakeAdapter make, in Seed seed, out Adapter adapter, Append<Trainable> parts)
    {
        adapter = make();
        parts.Add(new("adapter.", adapter));
    }

    public delegate Adapter MakeAdapter();

    public abstract class Adapter(string name) : nn.Module(name), IBackedBy<Weights>
    {
        public abstract Tensor Adapt(Tensor vectors);
    }

    sealed class LinearAdapter : Adapter
    {
        readonly TorchSharp.Modules.Linear linear;

        public LinearAdapter(LinearOptions options) : base("adapter")
        {
            linear = nn.Linear(16, (int)(options.Times * 16), hasBias: false);
            RegisterComponents();
        }

        public override Tensor Adapt(Tensor vectors) => linear.call(vectors);
    }

    sealed record LinearOptions
    {
        [Range(0, double.MaxValue, MinimumIsExclusive = true)]
        public double Times { get; init; } = 1;
    }

    sealed record AdaptedOptions;

    public interface IPace;

    sealed class Pace : IPace;

    sealed record PaceOptions
    {
        public int Every { get; init; } = 1;
    }
}
