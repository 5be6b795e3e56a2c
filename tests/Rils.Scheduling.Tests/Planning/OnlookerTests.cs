using static Rils.Scheduling.Tests.Make;

namespace Rils.Scheduling.Tests.Planning;

/// <summary>An onlooker runs where all that it reads is made anyway.</summary>
public sealed class OnlookerTests
{
    static SystemDefinition Maker { get; } = On(Stage.Forward, "make",
        (in Options _, out Features features) => { features = new(); });

    static SystemDefinition Onlooker { get; } = On(Stage.Observe, "look", (in Features _) => { },
        static order => order.Onlooker());

    [Fact]
    public void What_it_reads_is_not_made_for_it()
    {
        var plan = Of(Maker, Onlooker);
        Assert.Empty(plan.Systems);
        Assert.Equal("only looks on, and nothing else needs Features",
            plan.Pruned.Single(pruned => pruned.Definition == Onlooker).Reason);
        // Any other system would have had it made.
        Assert.Equal(["make", "see"], Names(Of(Maker, On(Stage.Observe, "see", (in Features _) => { }))));
    }

    [Fact]
    public void It_runs_where_another_reads_the_same() => Assert.Equal(["make", "look", "see"],
        Names(Of(Maker, Onlooker, On(Stage.Observe, "see", (in Features _) => { }))));

    [Fact]
    public void What_may_be_absent_is_not_made_for_it_either()
    {
        var glance = On(Stage.Observe, "glance", (in Options _, in Maybe<Features> _) => { },
            static order => order.Onlooker());
        Assert.Equal(["glance"], Names(Of(Maker, glance)));
    }

    [Fact]
    public void Onlookers_may_feed_each_other_and_are_all_left_out_where_the_first_has_nothing()
    {
        SystemDefinition[] chain =
        [
            On(Stage.Setup, "album", (in Options _, out Model album) => { album = new(); },
                static order => order.Onlooker()),
            On(Stage.Forward, "choose", (in Options _, out Tokens chosen) => { chosen = new(); },
                static order => order.Onlooker()),
            On(Stage.Observe, "draw", (in Tokens _, in Features _, Append<Term> terms) => { },
                static order => order.Onlooker()),
            On(Stage.Observe, "keep", (in Tokens _, in Collected<Term> _, ref Model album) => { },
                static order => order.Onlooker()),
        ];
        Assert.Empty(Of([Maker, .. chain]).Systems);
        Assert.Equal(["album", "choose", "make", "draw", "keep", "see"],
            Names(Of([Maker, .. chain, On(Stage.Observe, "see", (in Features _) => { })])));
    }

    [Fact]
    public void Where_a_system_that_is_none_reads_what_it_makes_it_is_as_any_other()
    {
        var sketch = On(Stage.Objective, "sketch", (in Features _, out Tokens made) => { made = new(); },
            static order => order.Onlooker());
        Assert.Equal(["make", "sketch", "see"],
            Names(Of(Maker, sketch, On(Stage.Observe, "see", (in Tokens _) => { }))));
    }

    [Fact]
    public void It_rests_with_the_value_that_it_reads()
    {
        List<long> seen = [];
        SystemDefinition[] systems =
        [
            On(Stage.Forward, "choose", (in Options _, out Tokens chosen) => { chosen = new(); },
                static order => order.Onlooker().When(static step => step == 3)),
            On(Stage.Observe, "look", (in Tokens _, in Step step) => seen.Add(step.Number),
                static order => order.Onlooker()),
        ];
        using var runner = new Runner(Plan.Of(systems, Arm(), typeof(Options)), 0, 5);
        runner.Setup();
        runner.Advance(5);
        Assert.Equal([3L], seen);
    }

    [Fact]
    public void Where_it_fails_its_arm_goes_on_without_what_it_makes()
    {
        List<long> made = [], read = [];
        SystemDefinition[] systems =
        [
            On(Stage.Forward, "make", (in Options _, in Step step) => made.Add(step.Number)),
            On(Stage.Forward, "draw",
                (in Options _, in Step step, out Tokens tokens) =>
                {
                    tokens = step.Number == 1 ? throw new InvalidOperationException("no ink") : new();
                },
                static order => order.Onlooker()),
            On(Stage.Observe, "look", (in Tokens _, in Step step) => read.Add(step.Number),
                static order => order.Onlooker()),
        ];
        var world = Arm();
        using var runner = new Runner(Plan.Of(systems, world, typeof(Options)), 0, 3);
        runner.Setup();
        runner.Advance(3);
        Assert.Empty(runner.Failures);
        Assert.Equal([0L, 1, 2], made);
        Assert.Equal([0L, 2], read);
        Assert.Equal("draw of arm a failed at step 1: no ink", Assert.Single(runner.Mishaps(world.Arms[0])).Message);
    }

    static World Arm()
    {
        var world = World("a");
        world.Arms[0].Set(new Options());
        return world;
    }

    static EntityPlan Of(params SystemDefinition[] systems) =>
        Assert.Single(Plan.Of(systems, Arm(), typeof(Options)).Arms);

    static IEnumerable<string> Names(EntityPlan plan) => plan.Systems.Select(system => system.Name);
}
