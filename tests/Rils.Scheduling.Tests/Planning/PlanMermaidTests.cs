using System.Text.RegularExpressions;
using Rils.Scheduling.Tests.Plans;
using static Rils.Scheduling.Tests.Make;

namespace Rils.Scheduling.Tests.Planning;

public sealed class PlanMermaidTests
{
    [Fact]
    public void Every_system_stands_once_and_every_edge_joins_two()
    {
        var world = Methods.NewWorld();
        world.AddTrained("rils").WithText().WithMasking().Set(new LanguageOptions());
        world.AddTrained("mae").WithMasking().Set(new PixelOptions());
        var plan = Methods.PlanOf(world);
        var text = PlanMermaid.Write(plan);

        var nodes = Regex.Matches(text, @"^ +(n\d+)\[""(.+)""\]$", RegexOptions.Multiline);
        Assert.Equal(Names(plan).Order(), nodes.Select(node => node.Groups[2].Value).Order());
        var ids = nodes.Select(node => node.Groups[1].Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var edges = Regex.Matches(text, @"^  (n\d+) -->\|""(.+)""\| (n\d+)$", RegexOptions.Multiline);
        Assert.All(edges, edge =>
            Assert.True(ids.Contains(edge.Groups[1].Value) && ids.Contains(edge.Groups[3].Value)));
        var boxes = Regex.Matches(text, @"^ +subgraph (\w+)\["".+""\]$", RegexOptions.Multiline);
        Assert.Equal(boxes.Count, boxes.Select(box => box.Groups[1].Value).Distinct().Count());
        var ends = Regex.Matches(text, "^ +end$", RegexOptions.Multiline);
        Assert.Equal(boxes.Count, ends.Count);
        Assert.Equal(text.TrimEnd().Split('\n').Length, 1 + nodes.Count + edges.Count + boxes.Count + ends.Count);
    }

    [Theory]
    [InlineData("data.load", "Samples", "data.prepare")]
    [InlineData("upload.images", "Images", "image.tokens")]
    [InlineData("contrastive[contrastive]", "LossTerm", "backward")]
    [InlineData("optimizer", "Weights", "space.clamp")]
    [InlineData("space.clamp", "Weights", "ema")]
    public void An_edge_says_what_flows(string from, string type, string to)
    {
        var world = Methods.NewWorld();
        world.AddTrained("ema").WithText().WithMasking().Set(new LanguageOptions()).Set(new EmaOptions());
        var text = PlanMermaid.Write(Methods.PlanOf(world));
        Assert.Matches($@"{IdOf(text, from)} -->\|""([^""]*, )?{type}(, [^""]*)?""\| {IdOf(text, to)}\n", text);
    }

    [Fact]
    public void Names_are_escaped()
    {
        var plan = Plan.Of([On(Stage.Forward, "a \"<b>\" #1 & `c`", () => { })], Make.World("arm"));
        Assert.Contains("n0[\"a #quot;#lt;b#gt;#quot; #35;1 #amp; #96;c#96;\"]", PlanMermaid.Write(plan));
    }

    static IEnumerable<string> Names(Plan plan) =>
        plan.Arms.Prepend(plan.Shared).SelectMany(entity => entity.Systems).Select(system => system.Name);

    static string IdOf(string text, string name) =>
        Regex.Match(text, $@"(n\d+)\[""{Regex.Escape(name)}""\]").Groups[1].Value;
}
