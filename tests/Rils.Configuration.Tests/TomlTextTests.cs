using Rils.Configuration;

namespace Rils.Tests.Engine.Experiments;

public class TomlTextTests
{
    [Theory]
    [InlineData("a = 1\nb = 0.5\nc = 'x'\nd = true\ne = 2024-01-02",
        "{a: 1, b: 0.5, c: \"x\", d: true, e: 2024-01-02}")]
    [InlineData("a.b.c = 1\na.b.d = 2", "{a: {b: {c: 1, d: 2}}}")]
    [InlineData("[a]\nx = 1\n[a.b]\ny = 2\n[c]", "{a: {x: 1, b: {y: 2}}, c: {}}")]
    [InlineData("[[o]]\nk = 1\n[o.p]\nq = 2\n[[o]]\n[[o.r]]\ns = 3", "{o: [{k: 1, p: {q: 2}}, {r: [{s: 3}]}]}")]
    [InlineData("a = { b = 1, c.d = [1, 'x', { e = 2 }] }", "{a: {b: 1, c: {d: [1, \"x\", {e: 2}]}}}")]
    [InlineData("\"a b\" = 1\n'c.d'.e = 2\n\"\" = 3", "{a b: 1, c.d: {e: 2}, : 3}")]
    [InlineData("a = [inf, -inf, nan, 0x10, 1_000, 1e3, 3.0]", "{a: [inf, -inf, nan, 16, 1000, 1000.0, 3.0]}")]
    [InlineData("[[arm]]\n[arm.t]\nx = 1\n[[arm]]\nt = 'none'\n[[arm]]\nt.y = 2",
        "{arm: [{t: {x: 1}}, {t: \"none\"}, {t: {y: 2}}]}")]
    [InlineData("[a]\nb.c = 1\n[a.b.d]\ne = 2\n[f.g]\n[f]\nh = 3", "{a: {b: {c: 1, d: {e: 2}}}, f: {g: {}, h: 3}}")]
    [InlineData("\r\na = 1\r\n", "{a: 1}")]
    public void Reads_what_TOML_holds(string toml, string expected) =>
        Assert.Equal(expected, Trees.Show(Trees.Parse(toml)));

    [Fact]
    public void Every_node_and_key_knows_its_place()
    {
        var root = Trees.Parse("a = 1\n[masking]\n  ratio = 0.75\n[[arm]]\ntarget = { kind = 'x' }\n");
        Assert.True(root.TryGet("masking", out var masking));
        Assert.Equal("x.toml:2:2", masking.KeySpan.ToString());
        Assert.Equal("x.toml:2:1", masking.Value.Span.ToString());
        Assert.True(((TableNode)masking.Value).TryGet("ratio", out var ratio));
        Assert.Equal(("x.toml:3:3", "x.toml:3:11"), (ratio.KeySpan.ToString(), ratio.Value.Span.ToString()));
        var arm = (TableNode)((ArrayNode)root["arm"]!).Items[0];
        Assert.Equal("x.toml:4:1", arm.Span.ToString());
        Assert.Equal("x.toml:5:10", arm["target"]!.Span.ToString());
        Assert.Equal("x.toml:5:19", ((TableNode)arm["target"]!)["kind"]!.Span.ToString());
    }

    [Theory]
    [InlineData("kind = vit\n", "x.toml:1:8: not valid TOML: Unexpected token `vit` for a value: is a quote missing?")]
    [InlineData("a = 1\nb = = 2\n", "x.toml:2:5: not valid TOML: Unexpected token `=` for a value")]
    [InlineData("a = 1\na = 2\n", "x.toml:2:1: `a` is already given, at 1:1")]
    [InlineData("[t]\nx=1\n\n[t]\n", "x.toml:4:2: `t` is already given, at 1:2")]
    [InlineData("a = { b = 1, b = 2 }", "x.toml:1:14: `b` is already given, at 1:7")]
    [InlineData("a.b = 1\na.b.c = 2", "x.toml:2:3: `a.b` is already given, at 1:3")]
    [InlineData("t = {}\n[t]", "x.toml:2:2: `t` is already given, at 1:1")]
    [InlineData("t = {}\nt.x = 1", "x.toml:2:1: `t` is already given, at 1:1")]
    [InlineData("t = 1\n[t.u]", "x.toml:2:2: `t` is already given, at 1:1")]
    [InlineData("o = []\n[[o]]", "x.toml:2:3: `o` is already given, at 1:1")]
    [InlineData("o = [{}]\n[o.x]", "x.toml:2:2: `o` is already given, at 1:1")]
    [InlineData("[[o]]\n[o]", "x.toml:2:2: `o` is already given, at 1:3")]
    [InlineData("[o]\n[[o]]", "x.toml:2:3: `o` is already given, at 1:2")]
    [InlineData("[a]\nb.c = 1\n[a.b]", "x.toml:3:4: `a.b` is already given, at 2:1")]
    [InlineData("[a.b]\n[a]\nb.c = 1", "x.toml:3:1: `b` is already given, at 1:4")]
    [InlineData("[t]\nx = 1\nx = 2\n[t]\ny = 1\ny = 2",
        "x.toml:3:1: `x` is already given, at 2:1\nx.toml:4:2: `t` is already given, at 1:2\n"
            + "x.toml:6:1: `y` is already given, at 5:1")]
    [InlineData("a = 99999999999999999999",
        "x.toml:1:5: not valid TOML: Unable to parse integer `99999999999999999999`")]
    [InlineData("a = 2024-02-31", "x.toml:1:5: not valid TOML: Unable to parse the date time/offset `2024-02-31`")]
    [InlineData("a = = 1\nb =\n[x\n",
        "x.toml:1:5: not valid TOML: Unexpected token `=` for a value (and 2 more below, which may follow from it)")]
    public void Mistakes_of_syntax_have_places(string toml, string expected)
    {
        var problems = new Problems();
        TomlText.Parse(toml, "x.toml", problems, out var sound);
        Assert.False(sound);
        Assert.Equal(expected, string.Join('\n', problems));
    }

    [Fact]
    public void A_missing_quote_is_one_mistake_at_its_line()
    {
        var problems = new Problems();
        TomlText.Parse("[backbone]\nkind = \"vit\npatch = 8\nwidth = 16\n\n[text]\nkind = \"transformer\"\n"
            + "width = \"a\"\n", "x.toml", problems, out var sound);
        Assert.False(sound);
        Assert.Equal(2, Assert.Single(problems).At.Line);
    }

    [Theory]
    [InlineData("a = ", "[", "]")]
    [InlineData("a = ", "{a=", "}")]
    [InlineData("", "a.", "a=1")]
    public void Deep_nesting_is_a_mistake_and_no_crash(string start, string open, string end)
    {
        foreach (var depth in new[] { 33, 60, 70, 50_000 })
        {
            var text = start + string.Concat(Enumerable.Repeat(open, depth))
                + string.Concat(end.Length == 1 ? Enumerable.Repeat(end, depth) : [end]);
            var problems = new Problems();
            TomlText.Parse(text, "x.toml", problems, out var sound);
            Assert.False(sound);
            Assert.NotEmpty(problems);
        }
    }
}
