using static Rils.Scheduling.Tests.Make;
using static Rils.Scheduling.Tests.Running.Lanes;

namespace Rils.Scheduling.Tests.Running;

/// <summary>A system that changes what it does not say that it changes fails, and harms no other arm.</summary>
public sealed class WatchTests
{
    /// <summary>A number that whoever reads it can change.</summary>
    abstract class Cell
    {
        public int Number;
    }

    sealed class Raw : Cell, IShared;
    sealed class Made : Cell, IShared;
    sealed class Value : Cell;
    sealed class State : Cell;
    sealed class View(State state) : Cell, IViewOf<State>
    {
        public State Behind => state;
    }

    sealed class Note : Cell;

    static readonly SystemDefinition
        LoadRaw = On(Stage.Load, "load", (in Step step, out Raw raw) => { raw = new() { Number = (int)step.Number }; }),
        Upload = On(Stage.Forward, "upload", (in Raw raw, out Made made) => { made = new() { Number = raw.Number }; }),
        SetUpState = On(Stage.Setup, "state", (out State state, out View view) => { view = new(state = new()); }),
        MakeValue = On(Stage.Forward, "value", (in Made made, in State _, out Value value, Append<Note> notes) =>
        {
            value = new() { Number = made.Number };
            notes.Add(new());
        }),
        Use = On(Stage.Observe, "use", (in Seen _, in Value value) => { });

    public static TheoryData<string, string> Trespasses => new()
    {
        { "Made", "by a read of a shared value" },
        { "Value", "by a read of the arm's value" },
        { "Maybe", "by a read of what may be absent" },
        { "State", "by a read of State" },
        { "View", "by a read of a view" },
        { "Note", "by a read of what was appended" },
        { "Hidden", "through a value that it does not name" },
        { "Setting", "beside all values" },
    };

    [Fact]
    public void A_failure_is_told_as_the_watch_explains_it()
    {
        var slow = On(Stage.Forward, "slow", (in Seen _, in Made made) =>
        {
            if (made.Number == 1) throw new TimeoutException("on purpose");
        }, origin: "stranger");
        Watched(Plan(World("a"), SeenSetup, LoadRaw, Upload, slow), runner =>
        {
            runner.Advance(3);
            var failure = Assert.Single(runner.Failures);
            Assert.Equal("slow of arm a failed at step 1: stranger with Made and Seen was slow", failure.Message);
            Assert.IsType<TimeoutException>(failure.InnerException!.InnerException);
        });
    }

    [Theory]
    [MemberData(nameof(Trespasses))]
    public void A_culprit_is_named_and_what_the_others_see_is_what_they_see_alone(string what, string how)
    {
        Assert.NotEmpty(how);
        Cell? hidden = null;
        var culprit = what switch
        {
            "Made" => Trespass((in Options _, in Made made) => { made.Number++; }),
            "Value" => Trespass((in Options _, in Value value) => { value.Number++; }),
            "Maybe" =>
                Trespass((in Options _, in Maybe<Value> value) => { if (value.TryGet(out var own)) own.Number++; }),
            "State" => Trespass((in Options _, in State state) => { state.Number++; }),
            "View" => Trespass((in Options _, in View view) => { view.Number++; }),
            "Note" => Trespass((in Options _, in Collected<Note> notes) => { notes[0].Number++; }),
            "Hidden" => Trespass((in Options _) => { hidden!.Number++; }),
            _ => Trespass((in Options _) => { SnapshotWatch.Setting++; }),
        };
        foreach (var name in (string[])["a", "b", "c"])
        {
            List<string> seen = [];
            var world = World("a", "b", "c").Marked(name);
            var keep = On(Stage.Forward, "keep", (in Made made, in View _) => { hidden = made; });
            var see = On(Stage.Observe, "see",
                (in Seen arm, in Made made, in Value value, in Collected<Note> notes, in State state) =>
                seen.Add($"{made.Number} {value.Number} {notes.Count} {notes[0].Number} {state.Number}"));
            Watched(Plan(world, SeenSetup, LoadRaw, Upload, SetUpState, MakeValue, keep, culprit, see), runner =>
            {
                runner.Advance(3);
                var failure = Assert.Single(runner.Failures);
                Assert.Equal(("trespass", name, 0L), (failure.System, failure.Arm, failure.Step));
                Assert.IsType<UndeclaredChangeException>(failure.InnerException);
                Assert.StartsWith($"trespass of arm {name} failed at step 0: stranger with ", failure.Message);
                Assert.EndsWith(what switch { "Setting" => "moves the setting", "Hidden" => "changes Made",
                    "Maybe" => "changes Value", "Note" => "changes List`1", _ => $"changes {what}" }, failure.Message);
            });
            Assert.Equal(["0 0 1 0 0", "0 0 1 0 0", "1 1 1 0 0", "1 1 1 0 0", "2 2 1 0 0", "2 2 1 0 0"], seen);
        }
    }

    int armsMade;

    sealed class ArmOf : Cell;

    [Fact]
    public void What_is_not_looked_at_after_each_system_is_at_the_end_of_the_arm_also_of_one_that_failed()
    {
        var world = World("a", "b", "c").Marked("a").Marked("b");
        List<int> seen = [];
        Watched(Plan(world, SeenSetup, LoadRaw, Upload, SetUpState, MakeValue,
            Trespass((in Options _, in Made made, in ArmOf arm) =>
        {
            if (made.Number == 1) SnapshotWatch.Setting++;
            if (made.Number == 1 && arm.Number == 1) throw new InvalidOperationException("on purpose");
        }), On(Stage.Setup, "arm", (in Options _, in Seen __, out ArmOf arm) =>
            { arm = new() { Number = Interlocked.Increment(ref armsMade) }; }),
            On(Stage.Observe, "see", (in Seen _, in Value value) => seen.Add(SnapshotWatch.Setting))), runner =>
        {
            var before = SnapshotWatch.Setting;
            runner.Advance(3);
            Assert.Equal(["trespass of arm a failed at step 1: on purpose",
                "a system of arm b failed at step 1: a plugin of the arm moves the setting. "
                    + "The first step of a run would tell which, if the system did so there"],
                    runner.Failures.Select(failure => failure.Message));
            Assert.Equal([before, before, before, before + 1, before, before], seen);
        });
    }

    [Fact]
    public void What_a_system_updates_or_makes_may_change_also_through_a_view_of_it()
    {
        List<int> seen = [];
        Watched(Plan(World("a", "b"), LoadRaw, Upload, SetUpState, MakeValue,
            On(Stage.Update, "update", (in View view, ref State state) => { view.Behind.Number = ++view.Number; }),
            On(Stage.Update, "again", (ref View view) => { view = new(view.Behind) { Number = view.Number + 10 }; },
                order => order.After("update")),
            On(Stage.Observe, "see", (in State state, in View view) => seen.Add(state.Number + view.Number))), runner =>
        {
            runner.Advance(2);
            Assert.Empty(runner.Failures);
        });
        Assert.Equal([1 + 11, 1 + 11, 12 + 22, 12 + 22], seen);
    }

    [Fact]
    public void What_comes_of_the_frame_cannot_be_made_again_and_ends_the_run()
    {
        var world = World("a", "b", "c").Marked("b");
        Watched(Plan(world, SeenSetup, LoadRaw, Upload, SetUpState, MakeValue,
            Trespass((in Options _, in Raw raw) => { raw.Number++; }),
            On(Stage.Observe, "see", (ref Seen seen, in Value value, in Raw raw) => seen.Steps.Add(raw.Number))),
                runner =>
        {
            var failure = Assert.Throws<SystemFailedException>(() => runner.Advance(End));
            Assert.Equal(("trespass", null, 0L), (failure.System, failure.Arm, failure.Step));
            Assert.Contains("trespass of arm b failed at step 0: stranger with Options and Raw changes Raw. "
                + "All arms share that, and no system of the device lane makes it anew", failure.Message);
            Assert.Empty(runner.Find<Seen>(world.Arms[2])!.Steps);
        });
    }

    [Fact]
    public void A_system_that_runs_once_per_world_is_watched_too() =>
        Watched(Plan(World("a"), SeenSetup, LoadRaw, Upload, MakeValue, SetUpState, Use,
            On(Stage.Forward, "once", (in Made made) => { made.Number++; }, origin: "stranger")), runner =>
            Assert.Equal("once failed at step 0: stranger with Made changes Made",
                Assert.Throws<SystemFailedException>(() => runner.Advance(End)).Message));

    [Fact]
    public void One_that_throws_besides_is_named_for_what_it_changed_and_keeps_what_it_threw()
    {
        var world = World("a", "b").Marked("a");
        List<int> seen = [];
        Watched(Plan(world, SeenSetup, LoadRaw, Upload, SetUpState, MakeValue, Trespass((in Options _, in Made made) =>
        {
            made.Number++;
            throw new InvalidOperationException("on purpose");
        }), On(Stage.Observe, "see", (in Seen _, in Made made) => seen.Add(made.Number))), runner =>
        {
            runner.Advance(2);
            var failure = Assert.Single(runner.Failures);
            Assert.EndsWith("changes Made", failure.Message);
            Assert.Equal("on purpose", failure.InnerException!.InnerException!.Message);
        });
        Assert.Equal([0, 1], seen);
    }

    [Fact]
    public void An_onlooker_that_changes_something_is_no_mishap_and_one_that_throws_is()
    {
        var world = World("a", "b").Marked("a");
        Watched(Plan(world, SeenSetup, LoadRaw, Upload, SetUpState, MakeValue, Use,
            On(Stage.Observe, "trespass", (in Options _, in Made made) => { made.Number++; }, order => order.Onlooker(),
                "stranger"),
            On(Stage.Observe, "throws", (in Seen _, in Made made) =>
                { throw new InvalidOperationException("on purpose"); }, order => order.Onlooker())), runner =>
        {
            runner.Advance(2);
            Assert.Equal("a", Assert.Single(runner.Failures).Arm);
            Assert.Equal("throws", Assert.Single(runner.Mishaps(world.Arms[1])).System);
        });
    }

    [Fact]
    public void What_a_watch_throws_is_a_failure_of_the_system_that_it_looks_at()
    {
        var world = World("a", "b").Marked("a");
        Watched(Plan(world, SeenSetup, LoadRaw, Upload, SetUpState, MakeValue,
            On(Stage.Objective, "odd", (in Options _, in Value value, ref State state) => { state.Number = -1; }),
            On(Stage.Update, "reader", (in Value _, in State state) => { })), runner =>
        {
            runner.Advance(2);
            var failure = Assert.Single(runner.Failures);
            Assert.Equal(("odd", "a", "cannot look at -1"),
                (failure.System, failure.Arm, failure.InnerException!.Message));
        }, value =>
            value is State { Number: -1 } ? throw new InvalidOperationException("cannot look at -1") : Tell(value));
    }

    [Fact]
    public void Systems_of_setup_are_told_and_the_first_frame_is_held_to_the_settings()
    {
        List<SnapshotWatch> watches = [];
        Watched(Plan(World("a", "b"), SeenSetup, LoadRaw, Upload, SetUpState, MakeValue, Use),
            runner => runner.Advance(1), watches: watches);
        Assert.Equal(["seen.setup of a", "seen.setup of b", "state of a", "state of b"],
            watches.SelectMany(watch => watch.SetUp).Order(StringComparer.Ordinal));
        Watched(Plan(World("a"), SeenSetup, Upload, SetUpState, MakeValue, Use, On(Stage.Load, "load", (out Raw raw) =>
        {
            raw = new();
            SnapshotWatch.Setting++;
        }, origin: "stranger")), runner => Assert.Equal("load failed at step 0: stranger with  moves the setting",
            Assert.Throws<SystemFailedException>(() => runner.Advance(End)).Message));
    }

    static SystemDefinition Trespass(Delegate body) =>
        On(Stage.Forward, "trespass", body, order => order.After("value", "keep"), "stranger");

    static object? Tell(object value) => value switch
    {
        Cell cell => cell.Number,
        IEnumerable<Cell> cells => string.Join(' ', cells.Select(cell => cell.Number)),
        _ => null,
    };

    static void Watched(Plan plan, Action<Runner> use, Func<object, object?>? tell = null,
        List<SnapshotWatch>? watches = null) => WithinTime(() =>
    {
        using var runner = new Runner(plan, 0, End, watch: () =>
        {
            var watch = new SnapshotWatch(tell ?? Tell);
            watches?.Add(watch);
            return watch;
        });
        runner.Setup();
        use(runner);
    });
}
