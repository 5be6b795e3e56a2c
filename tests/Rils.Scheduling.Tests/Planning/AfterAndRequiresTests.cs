using static Rils.Scheduling.Tests.Make;

namespace Rils.Scheduling.Tests.Planning;

/// <summary>Order and presence by a type that the method does not take.</summary>
public sealed class AfterAndRequiresTests
{
    static readonly SystemDefinition
        MakeModel = On(Stage.Setup, "model", (in Options _, out Model model) => { model = new(); }),
        View = On(Stage.Setup, "view", (in Options _, out ModelView view) => { view = new(); }),
        Step = On(Stage.Update, "step", (ref Model model) => { }),
        Read = On(Stage.Observe, "read", (in Model _) => { });

    [Fact]
    public void After_orders_systems_that_share_no_data() => Assert.Equal(["model", "step", "a.follow"], Names(Of(
        MakeModel, Step, On(Stage.Update, "a.follow", (in Options _) => { }, o => o.After<Model>()))));

    [Fact]
    public void After_a_view_is_after_the_State_behind_it() =>
        Assert.Equal(["model", "view", "step", "a.follow", "look"], Names(Of(
            MakeModel, View, Step, On(Stage.Observe, "look", (in ModelView _) => { }),
            On(Stage.Update, "a.follow", (in Options _) => { }, o => o.After<ModelView>()))));

    [Fact]
    public void After_is_behind_a_creator_and_behind_who_appends() =>
        Assert.Equal(["tokens", "term", "a.follow", "sum"], Names(Of(
            On(Stage.Forward, "tokens", (in Options _, out Tokens tokens) => { tokens = new(); }),
            On(Stage.Forward, "term", (in Tokens _, Append<Term> terms) => { }),
            On(Stage.Forward, "a.follow", (in Options _) => { }, o => o.After<Tokens>().After<Term>()),
            On(Stage.Backward, "sum", (in Collected<Term> terms) => { }))));

    [Fact]
    public void After_a_type_of_items_is_behind_all_of_them_and_runs_once()
    {
        var world = World("arm");
        world.Arms[0].Set(new Options());
        foreach (var name in new[] { "x", "y" }) world.Arms[0].AddItem(name).Set(new ItemOptions());
        var plan = Plan.Of([
            On(Stage.Forward, "each", (in ItemOptions _, out Tokens tokens) => { tokens = new(); }),
            On(Stage.Forward, "a.follow", (in Options _) => { }, o => o.After<Tokens>()),
            On(Stage.Observe, "read", (in Tokens _) => { })], world);
        Assert.Equal(["each[x]", "each[y]", "a.follow", "read[x]", "read[y]"], Names(plan.Arms[0]));
    }

    [Fact]
    public void After_what_nobody_makes_is_no_order() => Assert.Equal(["a", "b"], Names(Of(
        On(Stage.Update, "a", (in Options _) => { }, o => o.After<Tokens>()),
        On(Stage.Update, "b", (in Options _) => { }))));

    [Fact]
    public void After_does_not_look_at_other_stages() => Assert.Equal(["model", "a", "step", "read"], Names(Of(
        MakeModel, Step, Read, On(Stage.Forward, "a", (in Options _) => { }, o => o.After<Model>()))));

    [Fact]
    public void After_keeps_nothing_alive()
    {
        var plan = Of(On(Stage.Forward, "tokens", (in Options _, out Tokens tokens) => { tokens = new(); }),
            On(Stage.Observe, "a", (in Options _) => { }, o => o.After<Tokens>()));
        Assert.Equal(["a"], Names(plan));
        Assert.Equal("nothing live reads Tokens", plan.Pruned.Single().Reason);
    }

    [Fact]
    public void An_updater_may_be_the_last_by_After() => Assert.Equal(["model", "step", "a.round", "b.look"], Names(Of(
        MakeModel, Step, On(Stage.Update, "a.round", (ref Model model) => { }, o => o.After<Model>()),
        On(Stage.Update, "b.look", (in Model _) => { }))));

    [Fact]
    public void Two_that_would_both_be_the_last_are_ordered_by_name()
    {
        SystemDefinition first = On(Stage.Update, "b", (ref Model model) => { }, o => o.After<Model>()),
            last = On(Stage.Update, "a", (ref Model model) => { }, o => o.After<Model>());
        Assert.Equal(["stage Update of arm: a and b both update Model and nothing says which goes first: "
            + "register b with After(\"a\") or Before(\"a\")"], Mistakes(MakeModel, Step, first, last));
        var named = On(Stage.Update, "a", (ref Model model) => { }, o => o.After<Model>().After("b"));
        Assert.Equal(["model", "step", "b", "a"], Names(Of(MakeModel, Step, first, named)));
    }

    [Fact]
    public void A_cycle_by_After() => Assert.Equal(
        ["stage Update of arm: a cycle, each waits for the one before: "
            + "b after a (After<Model>), a after b (After<Tokens>): "
            + "split a system, or move one to a later stage, or drop an After"], Mistakes(MakeModel,
        On(Stage.Update, "a", (ref Model model) => { }, o => o.After<Tokens>()),
        On(Stage.Update, "b", (in Options _, out Tokens tokens) => { tokens = new(); }, o => o.After<Model>()),
        On(Stage.Observe, "c", (in Tokens _) => { })));

    [Fact]
    public void A_cycle_of_After_and_data_and_requirements() => Assert.Equal(
        ["stage Update of arm: a cycle, each waits for the one before: b after a (After<Model>), a after b (Tokens): "
            + "split a system, or move one to a later stage, or drop an After"], Mistakes(MakeModel,
        On(Stage.Update, "a", (ref Model model) => { }, o => o.Requires<Tokens>()),
        On(Stage.Update, "b", (in Options _, out Tokens tokens) => { tokens = new(); }, o => o.After<Model>())));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Requires_a_component(bool isThere)
    {
        var system = On(Stage.Update, "a", (ref Model model) => { }, o => o.Requires<ItemOptions>());
        var plan = Of(isThere, MakeModel, system);
        Assert.Equal(isThere ? ["model", "a"] : [], Names(plan));
        if (!isThere)
            Assert.Equal("needs ItemOptions",
                PlanText.Reason(plan.Pruned.Single(pruned => pruned.Definition == system)));
    }

    [Fact]
    public void Requires_alone_makes_a_system_the_arms_own() => Assert.Equal(["make", "a"], Names(Of(
        On(Stage.Forward, "make", (in Options _, out Tokens tokens) => { tokens = new(); }),
        On(Stage.Forward, "a", () => { }, o => o.Requires<Tokens>()))));

    [Fact]
    public void What_a_system_requires_is_made_before_it_and_for_its_sake() => Assert.Equal(["z.make", "a"], Names(Of(
        On(Stage.Forward, "z.make", (in Options _, out Tokens tokens) => { tokens = new(); }),
        On(Stage.Forward, "a", (in Options _) => { }, o => o.Requires<Tokens>()))));

    [Fact]
    public void What_the_maker_of_a_required_value_lacks_is_told()
    {
        var system = On(Stage.Forward, "a", (in Options _) => { }, o => o.Requires<Tokens>());
        var plan = Of(On(Stage.Forward, "make", (in ItemOptions _, out Tokens tokens) => { tokens = new(); }), system);
        Assert.Equal("needs ItemOptions", PlanText.Reason(plan.Pruned.Single(pruned => pruned.Definition == system)));
    }

    /// <summary>As a clamp does not give an arm the module that it clamps.</summary>
    [Fact]
    public void An_update_keeps_no_view_alive_that_it_requires()
    {
        var clamp = On(Stage.Update, "clamp", (ref Model model) => { }, o => o.Requires<ModelView>());
        var plan = Of(MakeModel, View, Step, clamp);
        Assert.Equal(["model", "step"], Names(plan));
        Assert.Equal("nothing else reads ModelView", plan.Pruned.Single(pruned => pruned.Definition == clamp).Reason);
    }

    [Fact]
    public void An_onlooker_runs_where_what_it_requires_is_made_for_others()
    {
        var make = On(Stage.Forward, "make", (in Options _, out Tokens tokens) => { tokens = new(); });
        var look = On(Stage.Observe, "look", (in Options _) => { }, o => o.Onlooker().Requires<Tokens>());
        Assert.Equal("only looks on, and nothing else needs Tokens",
            Of(make, look).Pruned.Single(pruned => pruned.Definition == look).Reason);
        Assert.Equal(["make", "look", "see"], Names(Of(make, look, On(Stage.Observe, "see", (in Tokens _) => { }))));
    }

    [Fact]
    public void Requires_before_creation() =>
        Assert.Equal(["a requires Tokens in Forward, before b makes it in Update: move one of them"], Mistakes(
            On(Stage.Forward, "a", (in Options _) => { }, o => o.Requires<Tokens>()),
            On(Stage.Update, "b", (in Options _, out Tokens tokens) => { tokens = new(); })));

    [Fact]
    public void Requires_what_nobody_makes() => Assert.Equal(
        ["a requires Tokens, which no system makes and no plugin registers as a component: "
            + "do one of these, or remove Requires<Tokens>"],
        Mistakes(On(Stage.Forward, "a", (in Options _) => { }, o => o.Requires<Tokens>())));

    [Fact]
    public void One_type_in_a_parameter_and_in_the_options() => Assert.Equal(
        [
            "a has After<Model> and names Model besides: drop the After; "
                + "only a system that updates Model (ref) needs both",
            "b has Requires<Model> or a condition on Model beside a parameter of Model: "
                + "drop the Requires, or take the parameter by in",
        ],
        Mistakes(MakeModel,
            On(Stage.Forward, "a", (in Model _) => { }, o => o.After<Model>()),
            On(Stage.Forward, "b", (in Maybe<Model> _) => { }, o => o.Requires<Model>())));

    [Fact]
    public void The_text_tells_both() => Assert.Contains(
        "  Update    a      Options, if ModelView, after Model -> !Model\n", PlanText.Write(Of(
            MakeModel, View,
            On(Stage.Update, "a", (in Options _, ref Model model) => { }, o => o.Requires<ModelView>().After<Model>()),
            On(Stage.Observe, "look", (in ModelView _) => { }))));

    [Fact]
    public void The_flowchart_has_an_edge_for_a_requirement_and_a_dotted_one_for_an_order()
    {
        var chart = PlanMermaid.Write(Plan.Of([MakeModel, Step,
            On(Stage.Forward, "make", (in Options _, out Tokens tokens) => { tokens = new(); }),
            On(Stage.Update, "a", (in Options _) => { }, o => o.Requires<Tokens>().After<Model>())], Arm(true)));
        // model, make, step, a
        Assert.Contains("  n1 -->|\"Tokens\"| n3\n", chart);
        Assert.Contains("  n2 -.->|\"after Model\"| n3\n", chart);
    }

    static World Arm(bool hasItemOptions)
    {
        var world = World("arm");
        world.Arms[0].Set(new Options());
        if (hasItemOptions) world.Arms[0].Set(new ItemOptions());
        return world;
    }

    static EntityPlan Of(params SystemDefinition[] systems) => Of(false, systems);

    static EntityPlan Of(bool hasItemOptions, params SystemDefinition[] systems) =>
        Plan.Of(systems, Arm(hasItemOptions), typeof(Options), typeof(ItemOptions)).Arms[0];

    static IReadOnlyList<string> Mistakes(params SystemDefinition[] systems) =>
        Assert.Throws<ScheduleException>(() => Of(systems)).Mistakes;

    static IEnumerable<string> Names(EntityPlan plan) => plan.Systems.Select(system => system.Name);
}
