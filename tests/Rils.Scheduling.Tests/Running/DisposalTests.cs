using static Rils.Scheduling.Tests.Make;
using static Rils.Scheduling.Tests.Running.Lanes;

namespace Rils.Scheduling.Tests.Running;

public sealed class DisposalTests
{
    static Plan TwoDevices => Plan(World("a@one", "b@two"), SeenSetup, Load(), Note);

    [Fact]
    public void Before_anything_ran() => Run(TwoDevices, runner => runner.Dispose());

    [Fact]
    public void After_setup_and_after_some_steps_and_twice() => RunFromSetup(TwoDevices, runner =>
    {
        runner.Advance(3);
        runner.Dispose();
        runner.Dispose();
        Assert.Throws<ObjectDisposedException>(runner.Setup);
        Assert.Throws<ObjectDisposedException>(() => runner.Advance(End));
    });

    [Fact]
    public void While_it_runs()
    {
        using var started = new SemaphoreSlim(0);
        var plan = Plan(World("a@one", "b@two"), SeenSetup, On(Stage.Forward, "run", (ref Seen seen) =>
        {
            started.Release();
        }));
        WithinTime(() =>
        {
            using var runner = new Runner(plan, 0, long.MaxValue);
            runner.Setup();
            var advance = Task.Run(() => runner.Advance(long.MaxValue));
            started.WaitWithinTime();
            runner.Dispose();
            Assert.IsType<ObjectDisposedException>(Assert.Throws<AggregateException>(advance.Wait).InnerException);
        });
    }

    [Fact]
    public void While_a_device_waits_for_the_host_lane()
    {
        using SemaphoreSlim loading = new(0), goOn = new(0);
        var plan = Plan(World("a@one", "b@two"), SeenSetup, Note, On(Stage.Load, "load", (out Batch batch) =>
        {
            loading.Release();
            goOn.WaitWithinTime();
            batch = new(0);
        }));
        RunFromSetup(plan, runner =>
        {
            var advance = Task.Run(() => runner.Advance(End));
            loading.WaitWithinTime();
            var dispose = Task.Run(runner.Dispose);
            goOn.Release((int)End);
            dispose.Wait();
            Assert.IsType<ObjectDisposedException>(Assert.Throws<AggregateException>(advance.Wait).InnerException);
        });
    }

    [Fact]
    public void What_a_frame_owns_goes_with_it_used_or_not()
    {
        List<Owned> frames = [];
        var plan = Plan(World("a@one", "b@two"), SeenSetup,
            On(Stage.Load, "load", (out Owned owned) => { frames.Add(owned = new()); }),
            On(Stage.Observe, "use", (in Seen _, in Owned owned) => Assert.Equal(0, owned.Disposed)));
        RunFromSetup(plan, runner =>
        {
            runner.Advance(End / 2);
            Assert.Empty(runner.Failures);
        });
        Assert.InRange(frames.Count, End / 2, End / 2 + 2);
        Assert.All(frames, owned => Assert.Equal(1, owned.Disposed));
    }

    [Fact]
    public void State_goes_with_the_runner_that_of_arms_and_that_of_the_world()
    {
        var world = World("a@one", "b@two");
        List<Kept> kept = [];
        Owned? shared = null;
        var plan = Plan(world, SeenSetup, Load(), Note,
            On(Stage.Setup, "owned", (out Owned owned) => { shared = owned = new(); }),
            On(Stage.Setup, "kept", (in Seen _, out Kept made) =>
            {
                made = new();
                lock (kept) kept.Add(made);
            }),
            On(Stage.Prepare, "host", (in Owned owned, in Batch batch) => Assert.Equal(0, owned.Disposed)),
            On(Stage.Observe, "use",
                (in Owned owned, ref Kept mine) => Assert.Equal(0, mine.Disposed + owned.Disposed)));
        RunFromSetup(plan, runner =>
        {
            runner.Advance(End);
            Assert.Empty(runner.Failures);
        });
        Assert.Equal(1, shared!.Disposed);
        Assert.Equal([1, 1], kept.Select(state => state.Disposed));
    }

    /// <summary>An arm's State that owns something.</summary>
    sealed class Kept : IDisposable
    {
        public int Disposed;

        public void Dispose() => Disposed++;
    }

    [Fact]
    public void State_outlives_frames()
    {
        var world = World("a@one", "b@two");
        var plan = Plan(world, SeenSetup, Load(), Note,
            On(Stage.Setup, "owned", (out Owned owned) => { owned = new(); }),
            On(Stage.Prepare, "host", (in Owned owned, in Batch batch) => Assert.Equal(0, owned.Disposed)),
            On(Stage.Observe, "device", (in Seen _, in Owned owned) => Assert.Equal(0, owned.Disposed)));
        RunFromSetup(plan, runner =>
        {
            runner.Advance(End);
            Assert.Empty(runner.Failures);
            Assert.Equal(0, runner.Find<Owned>(world.Shared)!.Disposed);
        });
    }
}
