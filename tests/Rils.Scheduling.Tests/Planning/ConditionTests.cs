using static Rils.Scheduling.Tests.Make;

namespace Rils.Scheduling.Tests.Planning;

/// <summary>Run conditions on what arms have before anything runs.</summary>
public sealed class ConditionTests
{
    sealed record Queue(int Size);

    static readonly SystemDefinition
        MakeModel = On(Stage.Setup, "setup", (out Model model) => { model = new(); },
            o => o.When<Queue>(queue => queue.Size > 0, "size > 0")),
        Push = On(Stage.Update, "push", (ref Model model) => { }),
        Read = On(Stage.Observe, "read", (in Queue _, in Maybe<Model> _) => { });

    [Fact]
    public void It_runs_where_the_option_says_so() => Assert.Equal(["setup", "push", "read"], Names(Of(new Queue(1))));

    [Fact]
    public void Elsewhere_the_plan_tells_the_condition_of_it_and_of_what_needs_it()
    {
        var plan = Of(new Queue(0));
        Assert.Equal(["read"], Names(plan));
        Assert.All(plan.Pruned, pruned =>
            Assert.Equal("needs [queue] with size > 0", PlanText.Reason(pruned, _ => "[queue]")));
        Assert.Equal(["push", "setup"], plan.Pruned.Select(pruned => pruned.Definition.Name).Order());
        Assert.Contains("pruned    push   needs Queue with size > 0\n", PlanText.Write(plan));
    }

    [Fact]
    public void An_arm_without_the_component_lacks_it() =>
        Assert.All(Of(null).Pruned, pruned => Assert.Equal("needs Queue", PlanText.Reason(pruned)));

    [Fact]
    public void All_conditions_count()
    {
        var both = On(Stage.Forward, "both", () => { },
            o => o.When<Queue>(queue => queue.Size > 0, "size > 0").When<Queue>(queue => queue.Size < 3, "size < 3"));
        Assert.Equal(["both"], Names(Of(new Queue(2), both)));
        Assert.Equal("needs Queue with size < 3", PlanText.Reason(Assert.Single(Of(new Queue(3), both).Pruned)));
    }

    [Fact]
    public void Items_are_asked_each()
    {
        var world = World("arm");
        foreach (var size in new[] { 0, 1, 2 }) world.Arms[0].AddItem($"q{size}").Set(new Queue(size));
        var plan = Plan.Of([On(Stage.Forward, "a", (in Queue _) => { },
            o => o.When<Queue>(queue => queue.Size > 0, "size > 0"))], world);
        Assert.Equal(["a[q1]", "a[q2]"], Names(plan.Arms[0]));
    }

    [Fact]
    public void The_world_is_asked_for_what_arms_share()
    {
        var world = World("arm");
        world.Shared.Set(new Epoch());
        Assert.Equal(["a"],
            Names(Plan.Of([On(Stage.Forward, "a", () => { }, o => o.When<Epoch>(_ => true, "any"))], world).Shared));
        Assert.Empty(Plan.Of([On(Stage.Forward, "a", () => { }, o => o.When<Epoch>(_ => false, "none"))],
            world).Shared.Systems);
    }

    [Fact]
    public void A_value_that_a_system_makes_cannot_be_asked() => Assert.Equal(
        ["a has a condition on Tokens, which is no component: a plan knows only what arms have before anything runs, "
            + "so ask a value inside the system"],
        Mistakes(World("arm"), On(Stage.Forward, "a", () => { }, o => o.When<Tokens>(_ => true, "any")),
            On(Stage.Forward, "b", (out Tokens tokens) => { tokens = new(); })));

    [Fact]
    public void A_component_that_is_not_made_yet_cannot_be_asked()
    {
        var world = World("arm");
        world.Arms[0].Promise(typeof(Queue));
        Assert.Equal(["a has a condition on Queue, which is not made yet when the plan is: "
            + "ask the options that it is made from"],
            Mistakes(world, On(Stage.Forward, "a", () => { }, o => o.When<Queue>(_ => true, "any"))));
    }

    static IReadOnlyList<string> Mistakes(World world, params SystemDefinition[] systems) =>
        Assert.Throws<ScheduleException>(() => Plan.Of(systems, world)).Mistakes;

    static EntityPlan Of(Queue? queue, params SystemDefinition[] systems)
    {
        var world = World("arm");
        if (queue is not null) world.Arms[0].Set(queue);
        return Plan.Of(systems.Length > 0 ? systems : [MakeModel, Push, Read], world, typeof(Queue)).Arms[0];
    }

    static IEnumerable<string> Names(EntityPlan plan) => plan.Systems.Select(system => system.Name);
}
