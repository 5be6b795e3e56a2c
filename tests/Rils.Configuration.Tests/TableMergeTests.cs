using CsCheck;
using Rils.Configuration;

namespace Rils.Tests.Engine.Experiments;

public class TableMergeTests
{
    [Theory]
    [InlineData("a = 1", "b = 2", "{a: 1, b: 2}")]
    [InlineData("a = 1", "a = 'x'", "{a: \"x\"}")]
    [InlineData("[t]\nx=1\ny=2", "[t]\ny=3", "{t: {x: 1, y: 3}}")]
    [InlineData("[t.u]\nx=1", "[t.u]\ny=3", "{t: {u: {x: 1, y: 3}}}")]
    [InlineData("[t]\nkind='a'\nx=1", "[t]\nkind='b'", "{t: {kind: \"b\"}}")]
    [InlineData("[t]\nkind='a'\nx=1", "[t]\nkind='a'\ny=2", "{t: {kind: \"a\", x: 1, y: 2}}")]
    [InlineData("[t]\nkind='a'\nx=1", "[t]\ny=2", "{t: {kind: \"a\", x: 1, y: 2}}")]
    [InlineData("[t]\nx=1", "[t]\nkind='b'", "{t: {x: 1, kind: \"b\"}}")]
    [InlineData("[t.u]\nkind='a'\nx=1", "[t.u]\nkind='b'", "{t: {u: {kind: \"b\"}}}")]
    [InlineData("a = [1, 2]", "a = [3]", "{a: [3]}")]
    [InlineData("[[o]]\nkind='a'\n[[o]]\nkind='b'", "[[o]]\nkind='c'", "{o: [{kind: \"c\"}]}")]
    [InlineData("[t]\nx=1", "t = 'none'", "{}")]
    [InlineData("[[o]]\nx=1", "o = 'none'", "{}")]
    [InlineData("[t.u]\nx=1", "[t]\nu = 'none'", "{t: {}}")]
    [InlineData("a = 1", "a = 'none'", "{a: \"none\"}")] // a value may be called none
    [InlineData("a = 'none'", "[a]\nx=1", "{a: {x: 1}}")]
    [InlineData("[t]\nx=1", "t = 3", "{t: 3}")]
    public void Lays_one_table_over_another(string below, string above, string expected) =>
        Assert.Equal(expected, Trees.Show(TableMerge.Merge(Trees.Parse(below), Trees.Parse(above))));

    [Fact]
    public void Leaves_its_inputs_alone_and_shares_nothing_with_them()
    {
        var below = Trees.Parse("[t]\nx=1\nl=[{a=1}]");
        var above = Trees.Parse("[t]\ny=2\nm={b=1}");
        var merged = (TableNode)TableMerge.Merge(below, above)["t"]!;
        merged.Set("x", merged.Span, new ScalarNode(merged.Span, 9L));
        ((TableNode)((ArrayNode)merged["l"]!).Items[0]).Remove("a");
        ((TableNode)merged["m"]!).Remove("b");
        Assert.Equal("{t: {x: 1, l: [{a: 1}]}}", Trees.Show(below));
        Assert.Equal("{t: {y: 2, m: {b: 1}}}", Trees.Show(above));
    }

    [Fact]
    public void Is_associative_where_no_kind_changes_and_nothing_is_dropped()
    {
        // Tables and values at one path are not mixed: a value between two tables cuts them apart, as it should.
        Gen.Select(TomlGen.Layer, TomlGen.Layer, TomlGen.Layer).Sample((a, b, c) =>
            TableMerge.Merge(TableMerge.Merge(a, b), c).SameAs(TableMerge.Merge(a, TableMerge.Merge(b, c))));
    }

    [Fact]
    public void The_empty_table_changes_nothing_and_a_table_over_itself_is_itself() =>
        TomlGen.Layer.Sample(a =>
        {
            var empty = new TableNode(a.Span);
            return TableMerge.Merge(empty, a).SameAs(a) && TableMerge.Merge(a, empty).SameAs(a)
                && TableMerge.Merge(a, a).SameAs(a);
        });
}
