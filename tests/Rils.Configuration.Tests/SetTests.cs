using Rils.Configuration;
using static Rils.Tests.Engine.Experiments.ExperimentFolder;

namespace Rils.Tests.Engine.Experiments;

public sealed class SetTests : IDisposable
{
    const string Base = """
        name = "n"
        epochs = 3
        [masking]
        kind = "random"
        ratio = 0.75
        [[objective]]
        kind = "contrastive"
        [[objective]]
        kind = "simclr"
        weight = 1.0
        [[head]]
        kind = "zero-shot"
        [[arm]]
        name = "rils"
        target = { kind = "language", weight = 0.5 }
        [[arm]]
        name = "mae+clip.v2"
        target = { kind = "pixel" }
        """;

    readonly ExperimentFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("masking.ratio=0.6", "masking", "{kind: \"random\", ratio: 0.6}")]
    [InlineData(" masking.ratio = 0.6 ", "masking", "{kind: \"random\", ratio: 0.6}")]
    [InlineData("masking.kind=block", "masking", "{kind: \"block\"}")]
    [InlineData("masking.kind='random'", "masking", "{kind: \"random\", ratio: 0.75}")]
    [InlineData("masking={ratio=0.5}", "masking", "{kind: \"random\", ratio: 0.5}")]
    [InlineData("masking={kind='x'}", "masking", "{kind: \"x\"}")]
    [InlineData("masking=none", "masking", "nothing")]
    [InlineData("ema.decay=0.99", "ema", "{decay: 0.99}")]
    [InlineData("ema.a.b=[1, 2]", "ema", "{a: {b: [1, 2]}}")]
    [InlineData("objective.simclr.weight=0.5", "objective",
        "[{kind: \"contrastive\"}, {kind: \"simclr\", weight: 0.5}]")]
    [InlineData("objective.contrastive=none", "objective", "[{kind: \"simclr\", weight: 1.0}]")]
    [InlineData("objective=none", "objective", "nothing")]
    [InlineData("objective=[{kind='x'}]", "objective", "[{kind: \"x\"}]")]
    [InlineData("objective.simclr.kind=x", "objective", "[{kind: \"contrastive\"}, {kind: \"x\"}]")]
    [InlineData("arm.rils.target.weight=1", "target", "{kind: \"language\", weight: 1}")]
    [InlineData("arm.rils.target.kind=pixel", "target", "{kind: \"pixel\"}")]
    [InlineData("arm.rils.target=none", "target", "nothing")]
    [InlineData("arm.rils.masking=none", "masking", "nothing")]
    [InlineData("arm.rils.masking.ratio=0.1", "masking", "{kind: \"random\", ratio: 0.1}")]
    [InlineData("arm.rils.objective.simclr.weight=9", "objective",
        "[{kind: \"contrastive\"}, {kind: \"simclr\", weight: 9}]")]
    public void Sets_in_the_first_arm(string set, string key, string expected) =>
        Assert.Equal(expected, Trees.Show(folder.Read(Base, set).Arms[0].Tables[key]));

    [Fact]
    public void Sets_one_arm_only_and_its_name_may_hold_dots()
    {
        var tree = folder.Read(Base, "arm.mae+clip.v2.target.weight=2", "arm.mae+clip.v2.objective=none");
        Assert.Equal("{kind: \"language\", weight: 0.5}", Trees.Show(tree.Arms[0].Tables["target"]));
        Assert.Equal("{kind: \"pixel\", weight: 2}", Trees.Show(tree.Arms[1].Tables["target"]));
        Assert.Equal(("nothing", 2),
            (Trees.Show(tree.Arms[1].Tables["objective"]), ((ArrayNode)tree.Arms[0].Tables["objective"]!).Items.Count));
    }

    [Fact]
    public void Drops_an_arm() =>
        Assert.Equal(["rils"], folder.Read(Base, "arm.mae+clip.v2=none").Arms.Select(arm => arm.Name));

    [Theory]
    [InlineData("steps=200", "{name: \"n\", head: [{kind: \"zero-shot\"}], steps: 200}")]
    [InlineData("epochs=5", "{name: \"n\", epochs: 5, head: [{kind: \"zero-shot\"}]}")]
    [InlineData("head.zero-shot.every=1 epoch",
        "{name: \"n\", epochs: 3, head: [{kind: \"zero-shot\", every: \"1 epoch\"}]}")]
    [InlineData("name=other", "{name: \"other\", epochs: 3, head: [{kind: \"zero-shot\"}]}")]
    public void Sets_in_the_root(string set, string expected) =>
        Assert.Equal(expected, Trees.Show(folder.Read(Base, set).Root));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1.5", "1.5")]
    [InlineData("1e-3", "0.001")]
    [InlineData("true", "true")]
    [InlineData("[1, 'a']", "[1, \"a\"]")]
    [InlineData("{ a = 1 }", "{a: 1}")]
    [InlineData("block", "\"block\"")]
    [InlineData("\"1\"", "\"1\"")]
    [InlineData("''", "\"\"")]
    [InlineData("data/x-*.tar", "\"data/x-*.tar\"")]
    [InlineData("10 minutes", "\"10 minutes\"")]
    [InlineData("a=b", "\"a=b\"")]
    [InlineData("1#2", "\"1#2\"")]
    [InlineData("1\n[x]", "\"1\\n[x]\"")]
    [InlineData("2024-01-02", "2024-01-02")]
    public void Values_are_TOML_or_bare_words(string text, string expected) =>
        Assert.Equal(expected, Trees.Show(((TableNode)folder.Read("# nothing", $"data.x={text}").Root["data"]!)["x"]));

    [Theory]
    [InlineData("masking.ratio=0.5", "masking.kind=block")]
    [InlineData("masking.kind=block", "masking.ratio=0.5")]
    public void A_kind_is_set_first_whatever_the_order(string first, string second) =>
        Assert.Equal("{kind: \"block\", ratio: 0.5}",
            Trees.Show(folder.Read(Base, first, second).Arms[0].Tables["masking"]));

    [Fact]
    public void The_last_of_two_wins_but_two_lengths_both_stay()
    {
        Assert.Equal("{kind: \"random\", ratio: 0.2}",
            Trees.Show(folder.Read(Base, "masking.ratio=0.1", "masking.ratio=0.2").Arms[0].Tables["masking"]));
        Assert.Equal("{samples: 1, steps: 2, name: \"x\"}",
            Trees.Show(folder.Read("epochs=3", "samples=1", "steps=2").Root));
    }

    [Fact]
    public void An_objective_is_found_by_name_before_kind()
    {
        var tree = folder.Read("[[objective]]\nkind='a'\nname='b'\n[[objective]]\nkind='b'\nname='c'\n",
            "objective.b.w=1", "objective.a.v=2");
        Assert.Equal("[{kind: \"a\", name: \"b\", w: 1, v: 2}, {kind: \"b\", name: \"c\"}]",
            Trees.Show(tree.Arms[0].Tables["objective"]));
    }

    [Fact]
    public void An_experiment_without_arms_can_be_named_as_one() =>
        Assert.Equal("new {text: {width: 1}}",
            Trees.Show(folder.Read("name='old'", "name=new", "arm.new.text.width=1")).Split('\n')[1]);

    [Theory]
    [InlineData("nonsense", "has no `=`: write --set masking.ratio=0.6")]
    [InlineData("=3", "\"\" is not a key: write --set masking.ratio=0.6")]
    [InlineData("a..b=3", "\"a..b\" is not a key: write --set masking.ratio=0.6")]
    [InlineData("a b=3", "\"a b\" is not a key: write --set masking.ratio=0.6")]
    [InlineData("a=", "has no value: write --set masking.ratio=0.6, or a='\"\"' for an empty string")]
    [InlineData("seeds=[1,",
        "[1, is not a TOML value; lists are written [1, 2], and the shell may have taken the quotes")]
    [InlineData("extends=y.toml", "`extends` is a matter of the file: write another file, or set single keys")]
    [InlineData("masking.ratio.x=1", "`masking.ratio` is the number 0.75, not a table")]
    [InlineData("epochs.x=1", "`epochs` is the whole number 3, not a table")]
    [InlineData("objective.simclrr.weight=1",
        "no objective is called `simclrr`; did you mean `simclr`? There are: contrastive, simclr.")]
    [InlineData("objective.zz.weight=1", "no objective is called `zz`. There are: contrastive, simclr.")]
    [InlineData("objective.simclr=1",
        "set one of its keys, as in --set objective.simclr.key=value, or drop it with \"none\"")]
    [InlineData("arm.rlis.target.weight=1",
        "no arm is called `rlis`; did you mean `rils`? There are: rils, mae+clip.v2.")]
    [InlineData("arm.rils.objective.zz.weight=1", "no objective is called `zz`. There are: contrastive, simclr.")]
    [InlineData("arm=1", "name the arm, as in --set arm.NAME.masking.ratio=0.6")]
    [InlineData("arm.rils=1",
        "set one of its keys, as in --set arm.rils.masking.ratio=0.6, or drop the arm with \"none\"")]
    [InlineData("arm.rils.epochs=1", "`epochs` cannot be set in an arm")]
    [InlineData("arm.rils.name=x", "`name` cannot be set in an arm")]
    [InlineData("target.kind=x",
        "changes nothing: every arm gives its own; name one, as in --set arm.rils.target.kind=...")]
    [InlineData("objective=3", "`objective` is a list of tables, not the whole number 3: write [[objective]]")]
    public void A_wrong_set_says_what_to_write(string set, string expected) =>
        Assert.Equal($"--set {set}: {expected}", Mistakes(Base, set));

    [Fact]
    public void An_empty_list_has_no_objective_to_set() =>
        Assert.Equal("--set objective.a.w=1: no objective is called `a`. There are none.",
            Mistakes("objective=[]", "objective.a.w=1"));

    [Fact]
    public void Two_of_a_kind_must_be_told_apart() => Assert.Equal(
        "--set objective.a.w=1: 2 of [[objective]] are `a`; give each a `name`",
        Mistakes("[[objective]]\nkind='a'\nname='x'\n[[objective]]\nkind='a'\nname='y'\n", "objective.a.w=1"));

    [Fact]
    public void No_arm_may_be_left() =>
        Assert.EndsWith("x.toml:1:1: no arm is left", Mistakes("[[arm]]\nname='a'\n", "arm.a=none"));

    [Fact]
    public void A_set_that_one_arm_takes_is_no_mistake() =>
        folder.Read("[[arm]]\nname='a'\ntarget={weight=1}\n[[arm]]\nname='b'\n", "target.weight=3");
}
