using static Rils.Scheduling.Tests.Make;

namespace Rils.Scheduling.Tests.Planning;

/// <summary>A system that runs where nobody else makes what it makes.</summary>
public sealed class FallbackTests
{
    static readonly SystemDefinition
        Model = On(Stage.Setup, "model", (in ItemOptions _, out Model model) => { model = new(); }),
        Given = On(Stage.Forward, "given", (in Options _, out Features features) => { features = new(); }),
        Tokens = On(Stage.Forward, "tokens", (in Model _, out Tokens tokens) => { tokens = new(); }),
        Usual = On(Stage.Forward, "usual",
            (in Tokens _, out Features features) => { features = new(); }, o => o.Fallback()),
        Reader = On(Stage.Observe, "reader", (in Features _) => { });

    [Fact]
    public void It_runs_where_the_arm_has_nobody_else_and_what_it_reads_is_made_there_only()
    {
        var world = World("a", "b");
        foreach (var arm in world.Arms) arm.Set(new ItemOptions());
        world.Arms[1].Set(new Options());
        var plan = Plan.Of([Model, Given, Tokens, Usual, Reader], world);
        Assert.Equal(["model", "tokens", "usual", "reader"], plan.Arms[0].Systems.Select(system => system.Name));
        Assert.Equal(["given", "reader"], plan.Arms[1].Systems.Select(system => system.Name));
        Assert.Equal("given makes Features",
            plan.Arms[1].Pruned.Single(system => system.Definition.Name == "usual").Reason);
    }

    /// <summary>Else an arm that lacks a model would be told that it lacks features, which nobody writes into a
    /// file.</summary>
    [Fact]
    public void What_the_arm_lacks_is_what_the_fallback_lacks()
    {
        var plan = Plan.Of([Model, Given, Tokens, Usual, Reader], World("a"), typeof(Options), typeof(ItemOptions));
        Assert.Equal([typeof(ItemOptions)],
            plan.Arms[0].Pruned.Single(system => system.Definition.Name == "reader").Missing);
    }

    [Fact]
    public void Two_of_them_are_two_creators()
    {
        var other = On(Stage.Forward, "other",
            (in Tokens _, out Features features) => { features = new(); }, o => o.Fallback());
        var world = World("a");
        world.Arms[0].Set(new ItemOptions());
        Assert.Contains("other and usual all make Features",
            Assert.Throws<ScheduleException>(() => Plan.Of([Model, Tokens, Usual, other, Reader], world)).Message);
    }
}
