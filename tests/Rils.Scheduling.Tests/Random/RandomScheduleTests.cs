using CsCheck;
using Rils.Scheduling.Tests.Running;

namespace Rils.Scheduling.Tests.Random;

public sealed class RandomScheduleTests
{
    const long Steps = 6;

    [Fact]
    public void Registration_order_changes_neither_plan_nor_mistakes() => Gen.Select(Gen.Int[0, 1_000_000],
        Gen.Int[1, 16], Gen.Double[0, 0.5], Gen.Int).Sample((seed, systems, nonsense, shuffle) =>
    {
        var schedule = new RandomSchedule(seed, systems, nonsense);
        Spec[] shuffled = [.. schedule.Specs];
        new System.Random(shuffle).Shuffle(shuffled);
        return Outcome(schedule, schedule.Specs) == Outcome(schedule, shuffled);
    }, iter: 200);

    [Fact]
    public void Within_a_stage_data_are_created_then_updated_then_read() => Sample((schedule, _) =>
    {
        foreach (var entity in schedule.Plan(new()).Arms)
            foreach (var stage in entity.Systems.GroupBy(system => system.Definition.Stage))
                foreach (var (a, b) in stage.SelectMany((a, i) => stage.Take(i).Select(b => (a, b))))
                    AssertMayPrecede(b, a);
    });

    [Fact]
    public void A_parallel_run_does_what_a_sequential_one_does() => Sample((schedule, _) =>
    {
        var recorder = new Recorder();
        var plan = schedule.Plan(recorder);
        var model = new SequentialModel(plan, schedule.Specs);
        model.Setup();
        for (var step = 0; step < Steps; step++) model.Tick(step);
        Run(plan, runner =>
        {
            runner.Setup();
            runner.Advance(Steps);
            Assert.Empty(runner.Failures);
        });
        AssertSame(model.Logs, recorder.Logs);
    });

    [Fact]
    public void A_run_that_was_cancelled_goes_on_as_if_it_had_not_been() => Sample((schedule, seed) =>
    {
        Recorder whole = new(), halted = new();
        Run(schedule.Plan(whole), runner =>
        {
            runner.Setup();
            runner.Advance(Steps);
        });
        var random = new System.Random(seed);
        Run(schedule.Plan(halted), runner =>
        {
            runner.Setup();
            while (runner.Step < Steps)
            {
                using var cancellation = new CancellationTokenSource();
                var cancel = Task.Run(() =>
                {
                    Thread.SpinWait(random.Next(20_000));
                    cancellation.Cancel();
                });
                runner.Advance(Steps, cancellation.Token);
                cancel.Wait();
            }
        });
        AssertSame(whole.Logs, halted.Logs);
    });

    [Fact]
    public void A_watch_blames_nobody_and_changes_nothing_where_systems_change_what_they_say() =>
        Sample((schedule, _) =>
    {
        Recorder plain = new(), watched = new();
        Run(schedule.Plan(plain), Whole);
        Run(schedule.Plan(watched), Whole, () => new SnapshotWatch(Tell));
        AssertSame(plain.Logs, watched.Logs);

        static void Whole(Runner runner)
        {
            runner.Setup();
            runner.Advance(Steps);
            Assert.Empty(runner.Failures);
        }

        static object? Tell(object value) => value is Datum datum
            ? datum.Number : value is IEnumerable<Datum> data ? string.Join(' ', data.Select(one => one.Number)) : null;
    });

    [Fact]
    public void An_arm_that_fails_leaves_the_others_as_they_are() => Sample((schedule, seed) =>
    {
        var whole = new Recorder();
        var plan = schedule.Plan(whole);
        if (plan.Arms[0].Systems.All(system => system.Definition.Stage == Stage.Setup)) return;
        Run(plan, runner =>
        {
            runner.Setup();
            runner.Advance(Steps);
        });
        // The first arm shall fail at one of its results, which is the same in every run.
        var device = whole.Logs["rils device lane one"];
        var model = new SequentialModel(plan, schedule.Specs);
        model.Setup();
        var inSetup = model.Logs.TryGetValue("rils device lane one", out var setup) ? setup.Count : 0;
        var names = plan.Arms[0].Systems.Select(system => system.Definition.Name).ToHashSet();
        string[] candidates = [.. device.Skip(inSetup)
            .Where(entry => names.Contains(entry.Split(' ')[0]) && device.Count(other => other == entry) == 1)];
        if (candidates.Length == 0) return;
        var victim = candidates[seed % candidates.Length];
        var failed = new Recorder
        {
            Sabotage = (system, number) =>
            {
                if (Recorder.Entry(system, number) == victim) throw new InvalidOperationException("sabotage");
            },
        };
        Run(schedule.Plan(failed), runner =>
        {
            runner.Setup();
            runner.Advance(Steps);
            Assert.True(runner.Failures.Count <= 1);
            if (runner.Failures is [var failure]) Assert.Equal(victim.Split(' ')[0], failure.System.Split('[')[0]);
        });
        AssertSame(whole.Logs, failed.Logs, except: "rils device lane one");
        Assert.Empty(failed.Logs["rils device lane one"].Except(device));
    });

    /// <summary>Fails if <paramref name="second"/> makes or changes a type that <paramref name="first"/> uses, unless
    /// both change that type.</summary>
    static void AssertMayPrecede(PlannedSystem first, PlannedSystem second)
    {
        foreach (var used in first.Parameters.Where(p => p.Access is not (Access.Create or Access.Append)))
            foreach (var made in second.Parameters.Where(p => Root(p.Type) == Root(used.Type)
                && (first.Entity == second.Entity || !p.Type.Name.StartsWith("Item"))))
            {
                Assert.False(made.Access == Access.Create && IsOrBacks(made.Type, used.Type),
                    $"{first.Name} uses {used.Type.Name} before {second.Name} makes it");
                if (used.Access == Access.Follow)
                    Assert.False(made.Access is Access.Create or Access.Append ? IsOrBacks(made.Type, used.Type)
                        : made.Access == Access.Update && !Follows(second, made.Type),
                        $"{first.Name} has After<{used.Type.Name}>, which {second.Name} makes or updates behind it");
                Assert.False(made.Access == Access.Append && used.Access == Access.Collect,
                    $"{first.Name} collects {used.Type.Name} before {second.Name} appends it");
                Assert.False(made.Access == Access.Update
                    && !first.Parameters.Any(p => p.Access == Access.Update && Root(p.Type) == Root(used.Type)),
                    $"{first.Name} reads {used.Type.Name} before {second.Name} updates it");
            }
    }

    /// <summary>Whether a type is another one, or the State that backs it. The maker of another type that the same
    /// State backs comes in any order.</summary>
    static bool IsOrBacks(Type type, Type other) => type == other || type == Root(other);

    static bool Follows(PlannedSystem system, Type type) =>
        system.Parameters.Any(p => p.Access == Access.Follow && Root(p.Type) == Root(type));

    static Type Root(Type type) => type == typeof(View0) || type == typeof(View1) ? typeof(Value0) : type;

    static void Sample(Action<RandomSchedule, int> check)
    {
        var valid = 0;
        Gen.Select(Gen.Int[0, 1_000_000], Gen.Int[1, 16]).Sample((seed, systems) =>
        {
            var schedule = new RandomSchedule(seed, systems, 0);
            try
            {
                schedule.Plan(new());
            }
            catch (ScheduleException)
            {
                return;
            }
            Interlocked.Increment(ref valid);
            check(schedule, seed);
        }, iter: 60);
        Assert.True(valid > 40, $"only {valid} schedules of 60 could run");
    }

    static string Outcome(RandomSchedule schedule, IEnumerable<Spec> order)
    {
        try
        {
            var plan = schedule.Plan(new(), order);
            return PlanText.Write(plan) + PlanMermaid.Write(plan);
        }
        catch (ScheduleException mistakes)
        {
            return mistakes.Message;
        }
    }

    static void Run(Plan plan, Action<Runner> use, Func<IWatch>? watch = null) => Make.WithinTime(() =>
    {
        using var runner = new Runner(plan, 0, Steps, watch: watch);
        use(runner);
    });

    static void AssertSame(IReadOnlyDictionary<string, List<string>> expected,
        IReadOnlyDictionary<string, List<string>> actual, string except = "")
    {
        Assert.Equal(expected.Keys.Order(), actual.Keys.Order());
        foreach (var (lane, log) in expected.Where(lane => lane.Key != except)) Assert.Equal(log, actual[lane]);
    }
}
