using static Rils.Scheduling.Tests.Make;
using static Rils.Scheduling.Tests.Running.Lanes;

namespace Rils.Scheduling.Tests.Running;

public sealed class PaceTests
{
    /// <summary>A system of Setup may use what the process has one of.</summary>
    [Fact]
    public void Devices_are_set_up_one_after_the_other()
    {
        var inside = 0;
        var setup = On(Stage.Setup, "setup", (out Seen seen) =>
        {
            seen = new();
            seen.Steps.Add(Interlocked.Increment(ref inside));
            Thread.Sleep(20);
            Interlocked.Decrement(ref inside);
        });
        var world = World("a@one", "b@two", "c@three");
        RunFromSetup(Plan(world, setup, On(Stage.Observe, "read", (in Seen _) => { })),
            runner => Assert.All(world.Arms, arm => Assert.Equal([1L], runner.Find<Seen>(arm)!.Steps)));
    }

    [Fact]
    public void The_host_lane_is_two_frames_ahead_and_no_more()
    {
        using SemaphoreSlim filled = new(0), started = new(0), goOn = new(0);
        var fills = 0L;
        var world = World("arm");
        var plan = Plan(world, SeenSetup, Note,
            On(Stage.Load, "load", (out Batch batch) =>
            {
                batch = new(fills);
                Interlocked.Increment(ref fills);
                filled.Release();
            }),
            On(Stage.Observe, "slow", (in Seen seen) =>
            {
                started.Release();
                goOn.WaitWithinTime();
            }));
        RunFromSetup(plan, runner =>
        {
            var advance = Task.Run(() => runner.Advance(End));
            for (var step = 0; step < End; step++)
            {
                started.WaitWithinTime();
                // While the device stands in this step two more frames are filled, and then the host lane waits too.
                var expected = Math.Min(step + 3, End);
                while (Interlocked.Read(ref fills) < expected) filled.WaitWithinTime();
                Assert.Equal(expected, Interlocked.Read(ref fills));
                goOn.Release();
            }
            advance.Wait();
            runner.AssertSaw(world.Arms[0], End);
        });
    }

    [Fact]
    public void The_slower_of_two_devices_holds_the_host_lane_back() => WithSlowDevice((runner, world, fast, goOn) =>
    {
        var advance = Task.Run(() => runner.Advance(End));
        fast.WaitWithinTime();
        // The fast one used frames 0 to 2; the slow one stands in 0, so that there is no frame 3.
        Assert.Equal(3, runner.Find<Seen>(world.Arms[0])!.Steps.Count);
        goOn.Release((int)End);
        advance.Wait();
        foreach (var arm in world.Arms) runner.AssertSaw(arm, End);
    });

    [Fact]
    public void A_cancelled_run_stops_all_devices_at_the_step_of_the_furthest() =>
        WithSlowDevice((runner, world, fast, goOn) =>
    {
        using var cancellation = new CancellationTokenSource();
        var advance = Task.Run(() => runner.Advance(End, cancellation.Token));
        fast.WaitWithinTime();
        cancellation.Cancel();
        goOn.Release((int)End);
        advance.Wait();
        Assert.InRange(runner.Step, 3, 4); // The fast one may have begun the next step, and finishes it.
        foreach (var arm in world.Arms) runner.AssertSaw(arm, runner.Step);
        runner.Advance(End);
        foreach (var arm in world.Arms) runner.AssertSaw(arm, End);
    });

    [Fact]
    public void A_run_that_is_cancelled_beforehand_makes_no_step()
    {
        var world = World("arm");
        RunFromSetup(Plan(world, SeenSetup, Load(), Note), runner =>
        {
            runner.Advance(End, new CancellationToken(true));
            Assert.Equal(0, runner.Step);
            runner.AssertSaw(world.Arms[0], 0);
        });
    }

    [Fact]
    public void A_condition_counts_from_step_0_wherever_the_run_begins()
    {
        var world = World("arm");
        var plan = Plan(world, SeenSetup, Load(5), On(Stage.Forward, "note",
            (in Batch batch, ref Seen seen) => seen.Steps.Add(batch.Step), o => o.Every(3).When(step => step != 9)));
        RunFromSetup(plan, runner =>
        {
            runner.Advance(15);
            runner.Advance(11);
            Assert.Equal(15, runner.Step);
            Assert.Equal([6, 12], runner.Find<Seen>(world.Arms[0])!.Steps);
            Assert.Throws<ArgumentOutOfRangeException>(() => runner.Advance(End + 1));
        }, first: 5);
    }

    [Fact]
    public void What_rests_leaves_nothing_for_its_readers()
    {
        var world = World("a@one", "b@two");
        var plan = Plan(world, SeenSetup,
            On(Stage.Load, "rare", (out Batch batch) => { batch = new(7); }, o => o.Every(4)),
            On(Stage.Forward, "reader", (in Batch batch, ref Seen seen) => seen.Steps.Add(batch.Step)),
            On(Stage.Observe, "asker", (in Maybe<Batch> batch, in Seen seen) =>
                Assert.Equal(batch.IsPresent, batch.TryGet(out var found) && found.Step == 7)));
        RunFromSetup(plan, runner =>
        {
            runner.Advance(End);
            Assert.Empty(runner.Failures);
            foreach (var arm in world.Arms) Assert.Equal([7, 7, 7, 7, 7], runner.Find<Seen>(arm)!.Steps);
        });
    }

    [Fact]
    public void A_plan_without_host_systems_runs()
    {
        var world = World("a@one", "b@two");
        RunFromSetup(Plan(world, SeenSetup,
            On(Stage.Forward, "count", (ref Seen seen) => seen.Steps.Add(seen.Steps.Count))), runner =>
        {
            runner.Advance(End);
            foreach (var arm in world.Arms) runner.AssertSaw(arm, End);
        });
    }

    [Fact]
    public void A_world_without_arms_makes_no_step() => RunFromSetup(Plan(World(), Load()), runner =>
    {
        runner.Advance(End);
        Assert.Equal(0, runner.Step);
    });

    [Fact]
    public void Scopes_are_opened_around_the_tick_and_around_each_arm_in_it()
    {
        List<string> log = [];
        var plan = Plan(World("a", "b"), Load(),
            On(Stage.Forward, "first", (in Batch _) => log.Add("first")),
            On(Stage.Forward, "arm", (in Batch _, in Maybe<Options> none) => log.Add("arm")),
            On(Stage.Observe, "last", (in Batch _) => log.Add("last")));
        WithinTime(() =>
        {
            using var runner = new Runner(plan, 0, End, () => new Scope(log));
            runner.Setup();
            runner.Advance(1);
        });
        Assert.Equal(["(", "first", "(", "arm", ")", "(", "arm", ")", "last", ")"], log);
    }

    /// <summary>The fast arm says when it has made three steps; the slow one waits to be let go in each.</summary>
    static void WithSlowDevice(Action<Runner, World, SemaphoreSlim, SemaphoreSlim> use)
    {
        using SemaphoreSlim fast = new(0), goOn = new(0);
        var world = World("fast@one", "slow@two").Marked("slow");
        var plan = Plan(world, SeenSetup, Load(), Note,
            On(Stage.Observe, "slow", (in Options _, in Seen seen) => goOn.WaitWithinTime()),
            On(Stage.Observe, "tell", (in Seen seen) =>
            {
                if (seen.Steps.Count == 3) fast.Release();
            }, o => o.Before("slow")));
        RunFromSetup(plan, runner => use(runner, world, fast, goOn));
    }

    sealed class Scope : IDisposable
    {
        readonly List<string> log;

        public Scope(List<string> log)
        {
            this.log = log;
            log.Add("(");
        }

        public void Dispose() => log.Add(")");
    }
}
