using static Rils.Scheduling.Tests.Make;

namespace Rils.Scheduling.Tests.Planning;

/// <summary>Every start-up error names the systems, the type and the fix.</summary>
public sealed class MistakeTests
{
    static readonly SystemDefinition
        MakeModel = On(Stage.Setup, "model.setup", (out Model model) => { model = new(); }),
        Load = On(Stage.Load, "load", (out Batch batch) => { batch = new(); });

    [Fact]
    public void Duplicate_name() => Check("two systems are named a (from first and first): rename one",
        On(Stage.Forward, "a", (in Options _) => { }, origin: "first"),
        On(Stage.Forward, "a", (in Options _) => { }, origin: "first"));

    [Fact]
    public void The_engines_name() => Check("two systems are named a (from engine and first): rename the plugin's",
        On(Stage.Forward, "a", (in Options _) => { }, origin: "first"),
        On(Stage.Forward, "a", (in Options _) => { }, origin: SystemDefinition.Engine));

    [Fact]
    public void One_type_in_two_parameters() =>
        Check("a names Options in two parameters: keep one (ref both reads and updates)",
        On(Stage.Forward, "a", (in Options one, in Options two) => { }));

    [Fact]
    public void A_wrapper_by_ref() =>
        Check("a takes Append of Term by ref or out: the scheduler makes it, take it by in or by value",
        On(Stage.Forward, "a", (ref Append<Term> terms) => { }));

    [Fact]
    public void A_returned_value() =>
        Check("a returns a value: a system returns void and makes values through out parameters",
        On(Stage.Forward, "a", (in Options options) => 1));

    [Fact]
    public void A_run_condition_in_setup() =>
        Check("a has a run condition in Setup, which has no steps: remove it, or move the system to a later stage",
        On(Stage.Setup, "a", (in Options _) => { }, o => o.Every(2)));

    [Fact]
    public void Arm_data_on_the_host_lane() => Check(
        "a runs in Load on the host lane, which works ahead of the arms: it may name only IShared types, not Options",
        On(Stage.Load, "a", (in Options options, out Batch batch) => { batch = new(); }),
        "a runs once per arm and may only read Batch, which all arms share");

    [Fact]
    public void Once_per_world_in_a_stage_of_arms() => Check(
        "a names only shared types and so runs once per world, which Update has no place for: "
            + "use Forward (before the first arm) or Observe (after the last)",
        Load, On(Stage.Update, "a", (in Batch batch) => { }));

    [Fact]
    public void An_arm_that_writes_what_all_share() =>
        Check("a runs once per arm and may only read Batch, which all arms share",
        Load, On(Stage.Forward, "a", (in Options options, ref Batch batch) => { }));

    [Fact]
    public void An_arm_that_appends_to_what_all_share() =>
        Check("a runs once per arm and may only read Batch, which all arms share",
        On(Stage.Forward, "a", (in Options options, Append<Batch> batches) => { }));

    [Fact]
    public void A_device_that_updates_what_all_devices_share() => Check(
        "a updates Batch on a device lane, of which there may be several: update it in Load or Prepare",
        Load, On(Stage.Forward, "a", (ref Batch batch) => { }));

    [Theory]
    [InlineData("a of Forward has After(\"b\"), which runs in Update: "
        + "stages come first, remove it or move one of them", true)]
    [InlineData("b of Update has Before(\"a\"), which runs in Forward: "
        + "stages come first, remove it or move one of them", false)]
    public void Names_against_stages(string message, bool after) => Check(message,
        On(Stage.Forward, "a", (in Options _) => { }, o => o.After(after ? ["b"] : [])),
        On(Stage.Update, "b", (in Options _) => { }, o => o.Before(after ? [] : ["a"])));

    [Fact]
    public void Names_against_arms() => Check(
        "world of Observe after the last arm has Before(\"arm\"), which runs in Observe: "
            + "stages come first, remove it or move one of them",
        Load,
        On(Stage.Observe, "arm", (in Options _) => { }),
        On(Stage.Observe, "world", (in Batch _) => { }, o => o.Before("arm")));

    [Fact]
    public void An_update_of_what_nobody_makes() =>
        Check("a updates Model, which no system makes: make it in Setup by an out parameter",
        On(Stage.Update, "a", (ref Model model) => { }));

    [Fact]
    public void A_read_of_what_nobody_makes() => Check(
        "a reads Tokens, which no system makes and no plugin registers as a component: "
            + "do one of these, or read Maybe<Tokens>",
        On(Stage.Forward, "a", (in Tokens tokens) => { }));

    [Fact]
    public void A_collection_that_nobody_appends_to() =>
        Check("a collects Term, which no system appends: let one take Append<Term>",
        On(Stage.Forward, "a", (in Collected<Term> terms) => { }));

    [Fact]
    public void A_shared_component_of_an_arm()
    {
        var world = Make.World("arm");
        world.Arms[0].Set(new Epoch());
        Check(world, "arm has the component Epoch, which all arms share: set it on World.Shared");
    }

    [Fact]
    public void An_arms_component_of_the_world()
    {
        var world = Make.World("arm");
        world.Shared.Set(new Options());
        Check(world, "shared has the component Options, which is not IShared: mark it so, or set it on an arm");
    }

    [Fact]
    public void An_update_of_a_component() => Check(
        [
            "a updates Options, a component of arm: "
                + "components are settings, make a State of it in Setup and update that",
            "make makes Options, which arm has as a component already: remove one",
        ],
        On(Stage.Setup, "make", (out Options options) => { options = new(); }),
        On(Stage.Forward, "a", (ref Options options) => { }));

    [Fact]
    public void Two_creators() => Check("a and b all make Tokens for arm, and a type has one creator: "
        + "remove all but one, or give each a type of its own",
        On(Stage.Forward, "b", (out Tokens tokens) => { tokens = new(); }),
        On(Stage.Forward, "a", (out Tokens tokens) => { tokens = new(); }));

    [Fact]
    public void A_read_before_creation() =>
        Check("a reads Tokens in Forward, before b makes it in Update: move one of them",
        On(Stage.Forward, "a", (in Tokens tokens) => { }),
        On(Stage.Update, "b", (in Options _, out Tokens tokens) => { tokens = new(); }));

    [Fact]
    public void An_update_before_creation() =>
        Check("a updates Tokens in Forward, before b makes it in Update: move one of them",
        On(Stage.Forward, "a", (ref Tokens tokens) => { }),
        On(Stage.Update, "b", (out Tokens tokens) => { tokens = new(); }));

    [Fact]
    public void A_collection_before_the_append() =>
        Check("a collects Term in Forward, before b appends it in Update: move one of them",
        On(Stage.Forward, "a", (in Collected<Term> terms) => { }),
        On(Stage.Update, "b", (Append<Term> terms) => { }));

    [Fact]
    public void An_arm_that_reads_what_is_made_after_it() =>
        Check("a reads Report in Observe, before b makes it in Observe after the last arm: move one of them",
        Load,
        On(Stage.Observe, "a", (in Options _, in Report report) => { }),
        On(Stage.Observe, "b", (in Batch _, out Report report) => { report = new(); }));

    [Fact]
    public void Appends_of_setup_collected_in_a_tick() => Check(
        "a collects Term in Backward, but b appends it in Setup, and appends last one tick of one lane: "
            + "collect it there into a value",
        On(Stage.Setup, "b", (Append<Term> terms) => { }),
        On(Stage.Backward, "a", (in Collected<Term> terms) => { }));

    [Fact]
    public void Appends_of_the_host_lane_collected_on_a_device() => Check(
        "a collects Report in Observe after the last arm, but b appends it in Load, "
            + "and appends last one tick of one lane: collect it there into a value",
        On(Stage.Load, "b", (Append<Report> reports) => { }),
        On(Stage.Observe, "a", (in Collected<Report> reports) => { }));

    [Fact]
    public void State_of_the_host_lane_read_on_a_device() => Check(
        "a reads Epoch on a device lane while load updates it ahead on the host lane: pass a copy through the frame",
        On(Stage.Setup, "epoch.setup", (out Epoch epoch) => { epoch = new(); }),
        On(Stage.Load, "load", (ref Epoch epoch) => { }),
        On(Stage.Forward, "a", (in Options _, in Epoch epoch) => { }));

    [Fact]
    public void A_cycle_of_data() => Check(
        "stage Forward of arm: a cycle, each waits for the one before: b after a (Tokens), a after b (Features): "
            + "split a system, or move one to a later stage",
        On(Stage.Forward, "a", (in Features features, out Tokens tokens) => { tokens = new(); }),
        On(Stage.Forward, "b", (in Tokens tokens, out Features features, Append<Term> terms) => { features = new(); }),
        On(Stage.Observe, "c", (in Collected<Term> terms) => { }));

    [Fact]
    public void A_cycle_of_data_and_names() => Check(
        "stage Forward of arm: a cycle, each waits for the one before: b after a (by name), a after b (Tokens): "
            + "split a system, or move one to a later stage",
        On(Stage.Forward, "a", (in Tokens tokens) => { }, o => o.Before("b")),
        On(Stage.Forward, "b", (out Tokens tokens) => { tokens = new(); }));

    [Fact]
    public void A_cycle_is_found_behind_a_blind_alley() => Check(
        "stage Forward of arm: a cycle, each waits for the one before: b after a (by name), d after b (by name), "
            + "a after d (by name): split a system, or move one to a later stage",
        On(Stage.Forward, "a", (in Options _) => { }, o => o.Before("b")),
        On(Stage.Forward, "b", (in Options _) => { }, o => o.Before("c", "d")),
        On(Stage.Forward, "c", (in Options _) => { }, o => o.Before("b")),
        On(Stage.Forward, "d", (in Options _) => { }, o => o.Before("a")));

    [Fact]
    public void Two_updaters_without_an_order() => Check(
        "stage Update of arm: a and b both update Model and nothing says which goes first: "
            + "register b with After(\"a\") or Before(\"a\")",
        MakeModel,
        On(Stage.Update, "b", (ref Model model) => { }),
        On(Stage.Update, "a", (ref Model model) => { }));

    [Fact]
    public void Two_updaters_of_one_State_through_its_views() => Check(
        "stage Update of arm: a and b both update Model and nothing says which goes first: "
            + "register b with After(\"a\") or Before(\"a\")",
        MakeModel,
        On(Stage.Setup, "views", (out ModelView one, out OtherView two) => { (one, two) = (new(), new()); }),
        On(Stage.Update, "a", (in OtherView _, ref ModelView view) => { }),
        On(Stage.Update, "b", (in OtherView _, ref Model model) => { }),
        On(Stage.Observe, "c", (in ModelView one, in OtherView two) => { }));

    [Fact]
    public void Items_that_update_what_their_arm_has()
    {
        var world = Make.World("arm");
        world.Arms[0].AddItem("x").Set(new ItemOptions());
        world.Arms[0].AddItem("y").Set(new ItemOptions());
        Check(world,
            "stage Update of arm: a[x] and a[y] both update Model and nothing says which goes first: "
                + "let a append for each item, and one system of the arm collect",
            MakeModel, On(Stage.Update, "a", (in ItemOptions _, ref Model model) => { }));
    }

    [Fact]
    public void All_mistakes_are_told_at_once() => Check(
        [
            "a reads Tokens, which no system makes and no plugin registers as a component: "
                + "do one of these, or read Maybe<Tokens>",
            "b collects Term, which no system appends: let one take Append<Term>",
        ],
        On(Stage.Forward, "b", (in Collected<Term> terms) => { }),
        On(Stage.Forward, "a", (in Tokens tokens) => { }));

    [Theory]
    [InlineData(true, "a has After(\"absent\"), and no system is named so: a slip, or its plugin is absent")]
    [InlineData(false, "a has Before(\"absent\"), and no system is named so: a slip, or its plugin is absent")]
    public void An_unknown_name_is_a_warning(bool after, string warning)
    {
        var plan = Plan.Of([On(Stage.Forward, "a", (in Options _) => { },
            o => _ = after ? o.After("absent") : o.Before("absent"))], Make.World("arm"), typeof(Options));
        Assert.Equal([warning], plan.Warnings);
        Assert.EndsWith($"warning: {warning}\n", PlanText.Write(plan));
    }

    static void Check(string mistake, params SystemDefinition[] systems) => Check([mistake], systems);

    static void Check(string mistake, SystemDefinition system, string other) => Check([mistake, other], system);

    static void Check(string[] mistakes, params SystemDefinition[] systems)
    {
        var world = Make.World("arm");
        world.Arms[0].Set(new Options());
        Assert.Equal(mistakes.Order(StringComparer.Ordinal), Assert.Throws<ScheduleException>(() =>
            Plan.Of(systems, world, typeof(Options), typeof(ItemOptions))).Mistakes);
    }

    static void Check(World world, string mistake, params SystemDefinition[] systems) =>
        Assert.Equal([mistake], Assert.Throws<ScheduleException>(() =>
            Plan.Of(systems, world, typeof(Options), typeof(ItemOptions))).Mistakes);
}
