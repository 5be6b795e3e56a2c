using static Rils.Scheduling.Tests.Make;
using static Rils.Scheduling.Tests.Running.Lanes;

namespace Rils.Scheduling.Tests.Running;

public sealed class InspectorTests
{
    static readonly SystemDefinition Late = On(Stage.Forward, "late", (in Step step, in Seen _, out Rate rate) =>
        { rate = new(step.Number); }, order => order.When(step => step >= 3));

    [Fact]
    public void It_sees_once_what_each_system_makes_in_setup_and_in_its_first_run()
    {
        var world = World("a", "b");
        var inspector = new Inspector();
        var plan = Plan(world, SeenSetup, Load(), Late,
            On(Stage.Objective, "first", (in Step step, ref Seen _, Append<Term> terms) =>
            {
                terms.Add(new($"x{step.Number}"));
                terms.Add(new($"y{step.Number}"));
            }),
            On(Stage.Backward, "sum", (in Collected<Term> _, in Maybe<Rate> _, ref Seen _) => { }));
        WithinTime(() =>
        {
            using var runner = new Runner(plan, 0, 6, null, null, inspector: inspector);
            runner.Setup();
            runner.Advance(6);
            Assert.Empty(runner.Failures);
        });
        string[] Of(string arm) =>
            [.. inspector.Told.Where(told => told.EndsWith($" of {arm}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
        foreach (var arm in (string[])["a", "b"])
            Assert.Equal([$"first: x0, y0 of {arm}", $"late: 3 of {arm}", $"seen.setup: Seen of {arm}",
                $"sum:  of {arm}"], Of(arm));
    }

    [Fact]
    public void What_it_throws_is_the_systems_failure_and_its_arms_alone()
    {
        var world = World("a", "b");
        var plan = Plan(world, SeenSetup, Load(), Note,
            On(Stage.Observe, "last", (in Batch _, in Seen _, ref Counted count) => { count.Number++; }),
            On(Stage.Setup, "count", (out Counted counted) => { counted = new(); }));
        WithinTime(() =>
        {
            using var runner = new Runner(plan, 0, 4, null, null, inspector: new Inspector(refused: "last of a"));
            runner.Setup();
            runner.Advance(4);
            var failure = Assert.Single(runner.Failures);
            Assert.Equal(("last", "a", 0L, "refused"),
                (failure.System, failure.Arm, failure.Step, failure.InnerException!.Message));
            Assert.Equal(4, runner.Find<Counted>(world.Arms[1])!.Number);
        });
    }

    [Fact]
    public void In_setup_it_is_a_failure_of_setup() => WithinTime(() =>
    {
        using var runner = new Runner(Plan(World("a"), SeenSetup, Load(), Note), 0, 1, null, null,
            inspector: new Inspector(refused: "seen.setup of a"));
        var failure = Assert.Throws<SystemFailedException>(runner.Setup);
        Assert.Equal(("a", -1L), (failure.Arm, failure.Step));
    });

    [Fact]
    public void A_value_that_is_null_is_seen_as_null()
    {
        var inspector = new Inspector();
        WithinTime(() =>
        {
            using var runner = new Runner(Plan(World("a"), Load(),
                On(Stage.Forward, "none", (in Batch _, out Term term) => { term = null!; }),
                On(Stage.Observe, "read", (in Term _) => { })), 0, 1, inspector: inspector);
            runner.Setup();
            runner.Advance(1);
        });
        Assert.Contains("none: null of a", inspector.Told);
    }

    [Fact]
    public void An_item_that_was_collected_tells_who_added_it()
    {
        List<string> makers = [];
        var plan = Plan(World("a"), Load(),
            On(Stage.Objective, "b", (in Batch _, Append<Term> terms) => terms.Add(new("1")), origin: "Own"),
            On(Stage.Objective, "a", (in Batch _, Append<Term> terms) =>
            {
                terms.Add(new("2"));
                terms.Add(new("3"));
            }),
            On(Stage.Backward, "sum", (in Collected<Term> terms) =>
            {
                for (var index = 0; index < terms.Count; index++)
                    makers.Add($"{terms[index].Text} {terms.MakerOf(index)}");
            }));
        WithinTime(() =>
        {
            using var runner = new Runner(plan, 0, 1);
            runner.Setup();
            runner.Advance(1);
            Assert.Empty(runner.Failures);
        });
        Assert.Equal(["2 a of ", "3 a of ", "1 b of Own"], makers);
    }

    sealed record Counted
    {
        public int Number;
    }

    /// <summary>Records the values that arms make.</summary>
    sealed class Inspector(string refused = "") : IInspector
    {
        public List<string> Told { get; } = [];

        public void Inspect(Runner runner, PlannedSystem system, long step, IReadOnlyList<object?> made)
        {
            string Show(object? value) =>
                value switch { null => "null", Term term => term.Text, Rate rate => $"{rate.Value}",
                _ => value.GetType().Name };
            lock (Told) Told.Add($"{system.Name}: {string.Join(", ", made.Select(Show))} of {system.Entity}");
            if ($"{system.Name} of {system.Entity}" == refused) throw new InvalidOperationException("refused");
        }
    }
}
