using System.Collections.Concurrent;
using System.Diagnostics;
using static Rils.Scheduling.Tests.Make;
using static Rils.Scheduling.Tests.Running.Lanes;

namespace Rils.Scheduling.Tests.Running;

public sealed class ProbeTests
{
    static readonly string[] HostTick = ["waited", "load of shared", "prepare of shared", "ticked"];

    [Fact]
    public void Every_system_of_every_tick_is_told_once_in_the_order_and_on_the_lane_in_which_it_runs()
    {
        var recorder = new Recorder();
        WithinTime(() =>
        {
            using var runner = new Runner(Planned("a@one", "b@one", "c@two"), 3, 6, null, recorder);
            runner.Setup();
            Assert.Empty(recorder.Told);
            runner.Advance(5);
            runner.Advance(6);
        });
        Assert.Equal(["", "one", "two"], recorder.Told.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(Steps(HostTick), recorder.Told[""]);
        Assert.Equal(Steps("waited", "upload of shared", "note of a", "item[x] of a/x", "released", "note of b",
            "released", "last of shared", "released", "released", "ticked"), recorder.Told["one"]);
        Assert.Equal(Steps("waited", "upload of shared", "note of c", "released", "last of shared", "released",
            "released", "ticked"), recorder.Told["two"]);
        Assert.Equal(3, recorder.Threads.Values.Distinct().Count());

        static string[] Steps(params string[] tick) =>
            [.. Enumerable.Range(3, 3).SelectMany(step => tick.Select(what => $"{step} {what}"))];
    }

    [Fact]
    public void What_a_system_made_is_still_there_and_gone_at_the_end_of_the_tick()
    {
        List<object?> found = [];
        var plan = Planned("a");
        var arm = plan.Arms[0].Entity;
        Runner? running = null;
        var probe = new Recorder(told =>
        {
            if (told is "note of a" or "ticked") found.Add(running!.Find<Term>(arm)?.Text);
        }, device: "cpu");
        WithinTime(() =>
        {
            using var runner = running = new Runner(plan, 0, 2, null, probe);
            runner.Setup();
            runner.Advance(2);
        });
        Assert.Equal(["0", null, "1", null], found);
    }

    [Fact]
    public void A_system_that_fails_is_not_told_but_its_lane_still_ends_the_tick()
    {
        var recorder = new Recorder();
        var world = World("a", "b").Marked("a");
        var plan = Plan(world, Load(), On(Stage.Forward, "fail", (in Batch _, in Options _) => Fail()),
            On(Stage.Forward, "go", (in Batch _, in Maybe<ItemOptions> _) => { }));
        WithinTime(() =>
        {
            using var runner = new Runner(plan, 0, 1, null, recorder);
            runner.Setup();
            runner.Advance(1);
            Assert.Equal("a", Assert.Single(runner.Failures).Arm);
        });
        Assert.Equal(1, recorder.Told["cpu"].Count(told => told == "0 go of b"));
        Assert.DoesNotContain(recorder.Told["cpu"], told => told.Contains("fail"));
        Assert.Equal("0 ticked", recorder.Told["cpu"].Last());
    }

    [Fact]
    public void A_watch_looks_at_the_beginning_of_a_tick_twice_at_every_system_and_at_the_end_of_an_arm()
    {
        var recorder = new Recorder();
        WithinTime(() =>
        {
            using var runner = new Runner(Plan(World("a"), SeenSetup, Load(),
                On(Stage.Forward, "go", (in Batch _, in Seen _) => { })), 0, 2, null, recorder, () =>
                new SnapshotWatch(_ => null));
            runner.Setup();
            runner.Advance(2);
        });
        string[] tick = ["waited", "watched", "watched", "go of a", "watched", "released", "watched", "released",
            "released", "ticked"];
        Assert.Equal([.. tick.Select(what => $"0 {what}"), .. tick.Select(what => $"1 {what}")], recorder.Told["cpu"]);
        // On the host lane in the first frame only.
        Assert.Equal(["0 waited", "0 watched", "0 watched", "0 load of shared", "0 watched", "0 ticked", "1 waited",
            "1 load of shared", "1 ticked"], recorder.Told[""]);
    }

    static void Fail() => throw new InvalidOperationException("on purpose");

    static Plan Planned(params string[] arms)
    {
        var world = World(arms);
        world.Arms[0].AddItem("x").Set(new ItemOptions());
        return Plan(world, SeenSetup, Load(3),
            On(Stage.Prepare, "prepare", (in Batch _, out Owned made) => { made = new(); }),
            On(Stage.Forward, "upload", (in Owned _) => { }),
            On(Stage.Forward, "note",
                (in Step step, ref Seen seen, out Term term) => { term = new($"{step.Number}"); }),
            On(Stage.Objective, "item", (in ItemOptions _, in Term _) => { }),
            On(Stage.Observe, "last", (in Owned _) => { }));
    }

    /// <summary>Writes down what it is told, by lane.</summary>
    sealed class Recorder(Action<string>? hear = null, string? device = null) : IProbe
    {
        readonly long made = Stopwatch.GetTimestamp();

        public ConcurrentDictionary<string, List<string>> Told { get; } = new();

        public ConcurrentDictionary<string, int> Threads { get; } = new();

        public void Waited(string device, long step, long begun) => Tell(device, "waited", step, begun);

        public void Ran(string device, PlannedSystem system, long step, long begun)
        {
            Assert.Equal(device == "" ? Lane.Host : Lane.Device, system.Lane);
            Tell(device, $"{system.Name} of {system.Entity}", step, begun);
        }

        public void Watched(string device, long step, long begun) => Tell(device, "watched", step, begun);

        public void Released(string device, long step, long begun) => Tell(device, "released", step, begun);

        public void Ticked(string device, long step, long begun) => Tell(device, "ticked", step, begun);

        void Tell(string lane, string what, long step, long begun)
        {
            Assert.InRange(begun, made, Stopwatch.GetTimestamp());
            Assert.Equal(Threads.GetOrAdd(lane, Environment.CurrentManagedThreadId),
                Environment.CurrentManagedThreadId);
            Told.GetOrAdd(lane, _ => []).Add($"{step} {what}");
            if (lane == device) hear?.Invoke(what);
        }
    }
}
