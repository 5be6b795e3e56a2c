using static Rils.Scheduling.Tests.Make;

namespace Rils.Scheduling.Tests.Running;

/// <summary>The names by which a checkpoint keeps State.</summary>
public sealed class StateNameTests
{
    static class First
    {
        public sealed class Queue;
    }

    static class Second
    {
        public sealed class Queue;
    }

    sealed class Sizes;

    static readonly SystemDefinition
        MakeFirst = On(Stage.Setup, "first", (out First.Queue queue) => { queue = new(); }),
        MakeSecond = On(Stage.Setup, "second", (out Second.Queue queue) => { queue = new(); }),
        MakeSizes = On(Stage.Setup, "sizes", (out Sizes sizes) => { sizes = new(); }),
        ReadFirst = On(Stage.Observe, "read.first", (in First.Queue _, in Sizes sizes) => { }),
        ReadSecond = On(Stage.Observe, "read.second", (in Second.Queue _, in Sizes sizes) => { });

    static IEnumerable<string> Names(params SystemDefinition[] systems)
    {
        var world = Make.World("arm");
        using var runner = new Runner(Plan.Of(systems, world), 0, 1);
        runner.Setup();
        return [.. runner.States(world.Arms[0]).Select(state => state.Key)];
    }

    [Fact]
    public void A_name_is_that_of_the_type_unless_two_types_of_the_arm_have_it()
    {
        Assert.Equal(["Queue", "Sizes"], Names(MakeFirst, MakeSizes, ReadFirst));
        const string Prefix = "[Rils.Scheduling.Tests]Rils.Scheduling.Tests.Running.StateNameTests+";
        Assert.Equal(["Sizes", $"{Prefix}First+Queue", $"{Prefix}Second+Queue"],
            Names(MakeSecond, MakeFirst, MakeSizes, ReadFirst, ReadSecond));
    }
}
