using static Rils.Scheduling.Tests.Make;
using static Rils.Scheduling.Tests.Running.Lanes;

namespace Rils.Scheduling.Tests.Running;

public sealed class FailureTests
{
    static InvalidOperationException Broken => new("broken");

    [Fact]
    public void An_arm_that_fails_stops_alone()
    {
        var world = World("a@one", "b@one", "c@two").Marked("a");
        var plan = Plan(world, SeenSetup, Load(), Note, On(Stage.Update, "fail", (in Options _, in Seen seen) =>
        {
            if (seen.Steps.Count == 4) throw Broken;
        }));
        RunFromSetup(plan, runner =>
        {
            runner.Advance(End);
            Assert.Equal(End, runner.Step);
            AssertFailure(Assert.Single(runner.Failures), "fail", "a", 3, "fail of arm a failed at step 3: broken");
            runner.AssertSaw(world.Arms[0], 4);
            runner.AssertSaw(world.Arms[1], End);
            runner.AssertSaw(world.Arms[2], End);
        });
    }

    [Fact]
    public void When_no_arm_is_left_the_run_ends()
    {
        var world = World("a@one", "b@two").Marked("a").Marked("b");
        RunFromSetup(Plan(world, SeenSetup, Load(), Note,
            On(Stage.Update, "fail", (in Options _, in Seen seen) => { throw Broken; })), runner =>
        {
            runner.Advance(End);
            Assert.Equal(["a", "b"], runner.Failures.Select(failure => failure.Arm));
            // A lane without arms goes on taking frames, two of them and one for the other lane's, and begins to wait
            // for the next.
            Assert.InRange(runner.Step, 1, 4);
            var step = runner.Step;
            runner.Advance(End);
            Assert.Equal(step, runner.Step);
        });
    }

    [Fact]
    public void An_item_is_named_in_its_failure()
    {
        var world = World("a");
        world.Arms[0].AddItem("one").Set(new ItemOptions());
        RunFromSetup(Plan(world, On(Stage.Objective, "loss", (in ItemOptions _) => { throw Broken; })), runner =>
        {
            runner.Advance(End);
            AssertFailure(Assert.Single(runner.Failures), "loss[one]", "a", 0,
                "loss[one] of arm a failed at step 0: broken");
        });
    }

    [Fact]
    public void A_failure_on_the_host_lane_ends_the_run_after_the_frames_before_it()
    {
        var world = World("a@one", "b@two");
        List<Owned> made = [];
        var plan = Plan(world, SeenSetup, Load(), Note,
            On(Stage.Load, "owned", (out Owned owned) => { made.Add(owned = new()); }),
            On(Stage.Prepare, "fail", (in Batch batch, in Owned owned) =>
            {
                if (batch.Step == 5) throw Broken;
            }));
        RunFromSetup(plan, runner =>
        {
            for (var again = 0; again < 2; again++)
                AssertFailure(Assert.Throws<SystemFailedException>(() => runner.Advance(End)), "fail", null, 5,
                    "fail failed at step 5: broken");
            Assert.Single(runner.Failures);
            foreach (var arm in world.Arms) runner.AssertSaw(arm, 5);
        });
        Assert.Equal(6, made.Count);
        Assert.All(made, owned => Assert.Equal(1, owned.Disposed));
    }

    [Theory]
    [InlineData(Stage.Forward)]
    [InlineData(Stage.Observe)]
    public void A_failure_once_per_world_ends_the_run(Stage stage)
    {
        var plan = Plan(World("a@one", "b@two"), SeenSetup, Load(), Note, On(stage, "fail", (in Batch batch) =>
        {
            if (batch.Step == 5) throw Broken;
        }));
        RunFromSetup(plan, runner =>
        {
            for (var again = 0; again < 2; again++)
                AssertFailure(Assert.Throws<SystemFailedException>(() => runner.Advance(End)), "fail", null, 5,
                    "fail failed at step 5: broken");
        });
    }

    [Fact]
    public void A_failure_in_the_shared_setup_is_thrown() =>
        Run(Plan(World("a"), On(Stage.Setup, "fail", () => { throw Broken; })), runner =>
            AssertFailure(Assert.Throws<SystemFailedException>(runner.Setup), "fail", null, -1,
                "fail failed in setup: broken"));

    [Fact]
    public void Failures_in_the_setup_of_arms_are_all_known_and_the_other_arms_can_go_on()
    {
        var world = World("a@one", "b@two", "c@one", "d@two").Marked("b").Marked("c");
        var plan = Plan(world, SeenSetup, Load(), Note, On(Stage.Setup, "fail", (in Options _) => { throw Broken; }));
        Run(plan, runner =>
        {
            AssertFailure(Assert.Throws<SystemFailedException>(runner.Setup), "fail", "b", -1,
                "fail of arm b failed in setup: broken");
            Assert.Equal(["b", "c"], runner.Failures.Select(failure => failure.Arm));
            runner.Advance(End);
            runner.AssertSaw(world.Arms[0], End);
            runner.AssertSaw(world.Arms[3], End);
        });
    }

    [Fact]
    public void A_failure_of_work_between_ticks_reaches_the_caller()
    {
        var world = World("a");
        RunFromSetup(Plan(world, SeenSetup, Load(), Note), runner =>
        {
            Assert.Throws<InvalidOperationException>(() => runner.OnDevice(world.Arms[0], () => throw Broken));
            runner.Advance(End);
            runner.AssertSaw(world.Arms[0], End);
        });
    }

    static void AssertFailure(SystemFailedException failure, string system, string? arm, long step, string message)
    {
        Assert.Equal((system, arm, step, message), (failure.System, failure.Arm, failure.Step, failure.Message));
        Assert.IsType<InvalidOperationException>(failure.InnerException);
    }
}
