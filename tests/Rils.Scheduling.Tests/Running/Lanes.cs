using static Rils.Scheduling.Tests.Make;

namespace Rils.Scheduling.Tests.Running;

/// <summary>Systems and steps that the tests of the lanes share.</summary>
static class Lanes
{
    public const long End = 20;

    public static readonly SystemDefinition
        SeenSetup = On(Stage.Setup, "seen.setup", (out Seen seen) => { seen = new(); }),
        Note = On(Stage.Forward, "note", (in Batch batch, ref Seen seen) => seen.Steps.Add(batch.Step));

    /// <summary>Makes a batch of every step.</summary>
    public static SystemDefinition Load(long first = 0)
    {
        var next = first;
        return On(Stage.Load, "load", (out Batch batch) => { batch = new(next++); });
    }

    public static Plan Plan(World world, params SystemDefinition[] systems) =>
        Scheduling.Plan.Of(systems, world, typeof(Options), typeof(ItemOptions));

    /// <summary>Fails when the run does not end, or cannot be disposed.</summary>
    public static void Run(Plan plan, Action<Runner> use, long first = 0) => WithinTime(() =>
    {
        using var runner = new Runner(plan, first, End);
        use(runner);
    });

    /// <summary>As <see cref="Run(Plan, Action{Runner}, long)"/>, set up.</summary>
    public static void RunFromSetup(Plan plan, Action<Runner> use, long first = 0) => Run(plan, runner =>
    {
        runner.Setup();
        use(runner);
    }, first);

    public static void AssertSaw(this Runner runner, Entity arm, long until) =>
        Assert.Equal(Enumerable.Range(0, (int)until).Select(step => (long)step), runner.Find<Seen>(arm)!.Steps);

    /// <summary>Gives one arm what makes it fail, or slow.</summary>
    public static World Marked(this World world, string arm)
    {
        world.Arms.Single(a => a.Name == arm).Set(new Options());
        return world;
    }
}
