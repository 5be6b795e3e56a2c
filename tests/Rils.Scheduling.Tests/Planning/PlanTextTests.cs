using static Rils.Scheduling.Tests.Make;

namespace Rils.Scheduling.Tests.Planning;

public sealed class PlanTextTests
{
    [Fact]
    public void What_runs_once_per_world_after_the_last_arm_stands_there() => Assert.Equal(
        $"""
        once per world
          Load      read  -> Batch

        arm a on cpu
          Setup     model  -> Model
          Update    step   Batch -> !Model

        arm b on cpu
          Setup     model  -> Model
          Update    step   Batch -> !Model

        once per world, after the last arm
          Observe   report  Batch

        {PlanText.Legend}

        """, PlanText.Write(Plan.Of(Systems, World("a", "b"))));

    [Fact]
    public void The_flowchart_has_a_box_for_it()
    {
        var chart = PlanMermaid.Write(Plan.Of(Systems, World("a")));
        Assert.True(chart.IndexOf("once per world, after the last arm",
            StringComparison.Ordinal) > chart.IndexOf("arm a on cpu", StringComparison.Ordinal));
        Assert.Matches("""n0 -->\|"Batch"\| n3\n""", chart);
    }

    [Fact]
    public void What_is_missing_is_named_as_the_reader_would_give_it_and_once()
    {
        SystemDefinition[] systems = [.. Systems,
            On(Stage.Observe, "needy", (in Options _, in ItemOptions _, in Features _) => { })];
        var plan = Plan.Of(systems, World("a"), typeof(Options), typeof(ItemOptions), typeof(Features));
        Assert.Contains("pruned    needy  needs Features, ItemOptions, Options\n", PlanText.Write(plan));
        Assert.Contains("pruned    needy  needs Features, [target]\n",
            PlanText.Write(plan, type => type == typeof(Features) ? null : "[target]"));
    }

    static readonly SystemDefinition[] Systems =
    [
        On(Stage.Load, "read", (out Batch batch) => { batch = new(); }),
        On(Stage.Setup, "model", (out Model model) => { model = new(); }),
        On(Stage.Update, "step", (in Batch batch, ref Model model) => { }),
        On(Stage.Observe, "report", (in Batch batch) => { }),
    ];
}
