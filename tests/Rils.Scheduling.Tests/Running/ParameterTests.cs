using static Rils.Scheduling.Tests.Make;
using static Rils.Scheduling.Tests.Running.Lanes;

namespace Rils.Scheduling.Tests.Running;

/// <summary>Whatever C# calls a method is a system.</summary>
public sealed class ParameterTests
{
    readonly List<object> log = [];

    [Fact]
    public void Values_structs_closures_and_generic_methods() => Check(1,
        ["Rate 0.5", 1.0, true],
        On(Stage.Setup, "rate", (out Rate rate) => { rate = new(0.5); }),
        On(Stage.Forward, "a", (Delegate)(GenericSystem<Rate>)Log<Rate>),
        On(Stage.Update, "b", (ref Rate rate) => { rate = new(rate.Value * 2); }),
        On(Stage.Observe, "c", (Rate byValue, Seen alsoByValue) => log.Add(byValue.Value)),
        On(Stage.Observe, "d", (ref readonly Rate rate, Maybe<Seen> seen) => log.Add(seen.IsPresent)));

    [Fact]
    public void A_method_with_a_bound_first_argument() => Check(1,
        ["bound 1"],
        On(Stage.Forward, "a", (Action<Seen>)Delegate.CreateDelegate(typeof(Action<Seen>), this,
            ((Action<ParameterTests, Seen>)Bound).Method)));

    [Fact]
    public void Struct_values_die_with_the_tick() => Check(2,
        [false, true],
        On(Stage.Forward, "a", (in Maybe<Rate> rate, in Seen seen) => log.Add(rate.IsPresent)),
        On(Stage.Forward, "b", (in Seen seen, out Rate rate) => { rate = new(1); }, o => o.When(step => step == 1)));

    [Fact]
    public void A_system_rests_with_the_maker_of_what_it_requires() => Check(4,
        ["a at 1", "a at 3"],
        On(Stage.Forward, "b", (in Seen seen, out Rate rate) => { rate = new(1); }, o => o.When(step => step % 2 == 1)),
        On(Stage.Forward, "a", (in Seen _, in Step step) => log.Add($"a at {step.Number}"), o => o.Requires<Rate>()));

    [Fact]
    public void A_system_may_require_State_and_components_and_take_nothing() => Check(2,
        ["a", "a"],
        On(Stage.Forward, "a", () => log.Add("a"), o => o.Requires<Seen>().Requires<Step>().After<Rate>()));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Appends_are_collected_in_the_order_of_names_in_every_tick_anew(bool reversed)
    {
        var world = World("arm");
        world.Arms[0].AddItem("y").Set(new ItemOptions());
        world.Arms[0].AddItem("x").Set(new ItemOptions());
        SystemDefinition[] systems =
        [
            SeenSetup,
            On(Stage.Objective, "c", (in Seen seen, Append<Term> terms) => terms.Add(new("c"))),
            On(Stage.Forward, "d", (in Seen seen, Append<Term> terms) => terms.Add(new("d"))),
            On(Stage.Objective, "b", (in ItemOptions _, Append<Term> terms) =>
            {
                terms.Add(new($"b of {terms.Name}"));
                terms.Add(new("again"));
            }),
            On(Stage.Objective, "a", (in Seen seen, Append<Term> terms) => terms.Add(new("a")), o => o.Every(2)),
            On(Stage.Backward, "sum",
                (in Collected<Term> terms) => log.Add(string.Join(", ", terms.Select(term => term.Text)))),
        ];
        if (reversed) Array.Reverse(systems);
        RunFromSetup(Plan(world, systems), runner => runner.Advance(2));
        Assert.Equal(["a, b of x, again, b of y, again, c, d", "b of x, again, b of y, again, c, d"], log);
    }

    [Fact]
    public void Appends_of_the_world_are_collected_in_every_tick_anew() => Check(2,
        [1, 1, 1, 1],
        On(Stage.Forward, "append", (Append<Batch> batches) => batches.Add(new(0))),
        On(Stage.Backward, "arm", (in Seen _, in Collected<Batch> batches) => log.Add(batches.Count)),
        On(Stage.Observe, "world", (in Collected<Batch> batches) => log.Add(batches.Count)));

    [Fact]
    public void Items_have_values_of_their_own()
    {
        var world = World("arm", "other");
        foreach (var name in new[] { "x", "y" }) world.Arms[0].AddItem(name).Set(new ItemOptions());
        world.Arms[1].Set(new ItemOptions());
        var rates = 0;
        var plan = Plan(world,
            On(Stage.Forward, "a", (in ItemOptions _, out Rate rate) => { rate = new(++rates); }),
            On(Stage.Observe, "b", (in Rate rate) => log.Add(rate.Value)));
        RunFromSetup(plan, runner => runner.Advance(1));
        Assert.Equal([1.0, 2.0, 3.0], log);
    }

    delegate void GenericSystem<T>(in T value, in Seen seen);

    void Log<T>(in T value, in Seen seen) => log.Add($"{typeof(T).Name} {((Rate)(object)value!).Value}");

    static void Bound(ParameterTests self, Seen seen) => self.log.Add("bound 1");

    void Check(int steps, object[] expected, params SystemDefinition[] systems)
    {
        RunFromSetup(Plan(World("arm"), [SeenSetup, .. systems]), runner =>
        {
            runner.Advance(steps);
            Assert.Empty(runner.Failures);
        });
        Assert.Equal(expected, log);
    }
}
