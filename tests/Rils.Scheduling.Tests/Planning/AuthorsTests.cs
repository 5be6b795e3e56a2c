using static Rils.Scheduling.Tests.Make;

namespace Rils.Scheduling.Tests.Planning;

/// <summary>The fix in an error is a change of a system that its reader can edit, not of the engine's or of this
/// project's plugins.</summary>
public sealed class AuthorsTests
{
    const string Mine = "Mine";

    static readonly SystemDefinition
        MakeModel = On(Stage.Setup, "model.setup", (out Model model) => { model = new(); }, origin: Mine);

    [Theory]
    [InlineData(SystemDefinition.Engine)]
    [InlineData("Rils.Vit")]
    public void Of_two_updaters_the_readers_is_to_be_registered_with_an_order(string origin) => Check(
        "both update Model and nothing says which goes first: register a with After(\"z\") or Before(\"z\")",
        MakeModel,
        On(Stage.Update, "z", (ref Model model) => { }, origin: origin),
        On(Stage.Update, "a", (ref Model model) => { }, origin: Mine));

    [Theory]
    [InlineData(SystemDefinition.Engine, Mine, "b")]
    [InlineData(Mine, SystemDefinition.Engine, "a")]
    public void Of_a_reader_and_a_late_maker_the_readers_is_to_be_moved(string reads, string makes, string moved) =>
        Check($"a reads Tokens in Forward, before b makes it in Update: move {moved}",
        On(Stage.Forward, "a", (in Tokens tokens) => { }, origin: reads),
        On(Stage.Update, "b", (in Options _, out Tokens tokens) => { tokens = new(); }, origin: makes));

    [Fact]
    public void Of_two_makers_the_readers_is_to_be_removed() => Check(
        "a and mask all make Tokens for arm, and a type has one creator: "
            + "remove a, let it make a type of its own, or drop from the arm the table that the other is of",
        On(Stage.Forward, "mask", (out Tokens tokens) => { tokens = new(); }, origin: SystemDefinition.Engine),
        On(Stage.Forward, "a", (out Tokens tokens) => { tokens = new(); }, origin: Mine));

    [Fact]
    public void Names_against_stages_are_the_readers_to_change() => Check(
        "a of Forward has After(\"b\"), which runs in Update: stages come first, remove it or move a",
        On(Stage.Forward, "a", (in Options _) => { }, order => order.After("b"), Mine),
        On(Stage.Update, "b", (in Options _) => { }, origin: SystemDefinition.Engine));

    [Fact]
    public void Appends_that_come_too_early_for_the_engine_are_to_be_made_later() => Check(
        "appends last one tick of one lane: let b make a value, and another system append it in Backward or before",
        On(Stage.Setup, "b", (Append<Term> terms) => { }, origin: Mine),
        On(Stage.Backward, "a", (in Collected<Term> terms) => { }, origin: SystemDefinition.Engine));

    [Fact]
    public void In_a_cycle_the_readers_is_to_be_split() => Check(
        "split b, or move it to a later stage",
        On(Stage.Forward, "a", (in Options _) => { }, order => order.Before("b"), SystemDefinition.Engine),
        On(Stage.Forward, "b", (in Options _) => { }, order => order.Before("a"), Mine));

    static void Check(string ending, params SystemDefinition[] systems)
    {
        var world = Make.World("arm");
        world.Arms[0].Set(new Options());
        Assert.EndsWith(ending, Assert.Single(Assert.Throws<ScheduleException>(() =>
            Plan.Of(systems, world, typeof(Options))).Mistakes));
    }
}
