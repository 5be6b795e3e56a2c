using Rils.Configuration;
using static Rils.Tests.Engine.Experiments.ExperimentFolder;

namespace Rils.Tests.Engine.Experiments;

public sealed class ExperimentReaderTests : IDisposable
{
    const string Two = """
        name = "two"
        [masking]
        kind = "random"
        ratio = 0.75
        [[objective]]
        kind = "contrastive"
        [[arm]]
        name = "rils"
        target = { kind = "language", weight = 0.5 }
        [[arm]]
        name = "clip"
        masking = "none"
        """;

    readonly ExperimentFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Arms_are_the_roots_tables_with_their_own_laid_over()
    {
        var tree = folder.Read(Two);
        Assert.Equal(
            "{name: \"two\"}\n"
            + "rils {masking: {kind: \"random\", ratio: 0.75}, objective: [{kind: \"contrastive\"}], "
            + "target: {kind: \"language\", weight: 0.5}}\n"
            + "clip {objective: [{kind: \"contrastive\"}]}",
            Trees.Show(tree));
        Assert.EndsWith("x.toml:7:1", tree.Arms[0].Span.ToString());
    }

    [Fact]
    public void An_experiment_without_arms_has_one_with_its_name()
    {
        Assert.Equal("{name: \"solo\", seeds: [0]}\nsolo {masking: {ratio: 0.5}}",
            Trees.Show(folder.Read("name='solo'\nseeds=[0]\nmasking.ratio=0.5")));
        Assert.Equal("{name: \"x\"}\nx {text: {width: 1}}", Trees.Show(folder.Read("arm = []\ntext.width=1")));
    }

    [Fact]
    public void Reads_a_whole_experiment()
    {
        folder.File("base.toml", "[schedule]\nkind = 'cosine'\n");
        var tree = folder.Read("""
            name    = "reconstruction-space"
            seeds   = [0, 1, 2]
            epochs  = 10                       # exactly one of epochs, steps = 4_000, samples = 1_000_000;
            extends = "base.toml"

            [data]
            kind  = "webdataset"
            train = "data/clipart-train-*.tar"
            batch = 128

            [checkpoint]
            every = 500                        # steps, or "1 epoch", "10 minutes"

            [text]
            kind  = "transformer"
            width = 128

            [masking]
            kind  = "random"
            ratio = 0.75

            [[objective]]
            kind = "contrastive"

            [[arm]]
            name   = "rils"
            target = { kind = "language", student_temperature = 0.1, weight = 0.5 }

            [[arm]]
            name   = "mae+clip"
            [arm.target]
            kind = "pixel"

            [[arm]]
            name    = "clip"
            target  = "none"
            masking = "none"

            [[head]]
            kind  = "zero-shot"
            every = "1 epoch"
            """);
        const string Shared = "schedule: {kind: \"cosine\"}, text: {kind: \"transformer\", width: 128}";
        const string Masking = "masking: {kind: \"random\", ratio: 0.75}";
        const string Objective = "objective: [{kind: \"contrastive\"}]";
        Assert.Equal(
            "{name: \"reconstruction-space\", seeds: [0, 1, 2], epochs: 10, data: {kind: \"webdataset\", train: "
                + "\"data/clipart-train-*.tar\", batch: 128}, "
            + "checkpoint: {every: 500}, head: [{kind: \"zero-shot\", every: \"1 epoch\"}]}\n"
            + $"rils {{{Shared}, {Masking}, {Objective}, target: {{kind: "
            + $"\"language\", student_temperature: 0.1, weight: 0.5}}}}\n"
            + $"mae+clip {{{Shared}, {Masking}, {Objective}, target: {{kind: \"pixel\"}}}}\n"
            + $"clip {{{Shared}, {Objective}}}",
            Trees.Show(tree));
    }

    [Fact]
    public void An_arms_tables_are_its_own()
    {
        var tree = folder.Read("[masking]\nratio=0.5\n[[arm]]\nname='a'\n[[arm]]\nname='b'");
        ((TableNode)tree.Arms[0].Tables["masking"]!).Remove("ratio");
        Assert.Equal("{masking: {ratio: 0.5}}", Trees.Show(tree.Arms[1].Tables));
    }

    [Theory]
    [InlineData("target = { kind = 'pixel' }", "{target: {kind: \"pixel\"}}")]
    [InlineData("target = { weight = 2 }", "{target: {kind: \"language\", weight: 2, t: [1]}}")]
    [InlineData("target = { t = [] }", "{target: {kind: \"language\", weight: 1, t: []}}")]
    [InlineData("target = 'none'", "{}")]
    [InlineData("text = 'none'", "{target: {kind: \"language\", weight: 1, t: [1]}}")]
    [InlineData("objective = [{ kind = 'simclr' }]",
        "{target: {kind: \"language\", weight: 1, t: [1]}, objective: [{kind: \"simclr\"}]}")]
    public void An_arm_overrides_by_table(string own, string expected) =>
        Assert.Equal(expected, Trees.Show(folder.Read("[target]\nkind='language'\nweight=1\nt=[1]\n[[arm]]\nname='a'\n"
            + $"{own}").Arms[0].Tables));

    [Fact]
    public void An_arm_replaces_or_drops_the_objectives()
    {
        var tree = folder.Read("""
            [[objective]]
            kind = "contrastive"
            [[arm]]
            name = "a"
            objective = "none"
            [[arm]]
            name = "b"
            [[arm.objective]]
            kind = "simclr"
            [[arm.objective]]
            kind = "simclr"
            name = "second"
            """);
        Assert.Equal("{name: \"x\"}\na {}\nb {objective: [{kind: \"simclr\"}, {kind: \"simclr\", name: \"second\"}]}",
            Trees.Show(tree));
    }

    [Theory]
    [InlineData("[[arm]]\nname='a'\n[[arm]]\nname='b'\n[[arm]]\nname='a'\n",
        "x.toml:5:1: two arms are called `a`; the first is at x.toml:1:1")]
    [InlineData("[[arm]]\nname='a'\n[[arm]]\nname='A'\n",
        "x.toml:3:1: two arms are called `a`; the first is at x.toml:1:1")]
    [InlineData("[[arm]]\ntarget='none'\n", "x.toml:1:1: this arm has no `name`")]
    [InlineData("[[arm]]\nname=3\n", "x.toml:2:6: the `name` of an arm must be a string, not the whole number 3")]
    [InlineData("[[arm]]\nname='a/b'\n",
        "x.toml:2:6: `a/b` is no good as the name of a folder: "
            + "use letters, digits, `-`, `_`, `+` and `.`, at most 100")]
    [InlineData("[[arm]]\nname='..'\n",
        "x.toml:2:6: `..` is no good as the name of a folder: use letters, digits, `-`, `_`, `+` and `.`, at most 100")]
    [InlineData("name='my experiment'",
        "x.toml:1:6: `my experiment` is no good as the name of a folder: "
            + "use letters, digits, `-`, `_`, `+` and `.`, at most 100")]
    [InlineData("[[arm]]\nname='a'\nepochs=3\n",
        "x.toml:3:1: `epochs` belongs to the whole experiment: move it out of arm `a`, to the top of the file")]
    [InlineData("[arm]\nname='a'\n", "x.toml:1:2: `arm` is a list of tables, not a table: write [[arm]]")]
    [InlineData("arm = [1]\n", "x.toml:1:1: `arm` is a list of tables, not an array of other things: write [[arm]]")]
    [InlineData("[objective]\nkind='a'\n",
        "x.toml:1:2: `objective` is a list of tables, not a table: write [[objective]]")]
    [InlineData("head = 'zero-shot'\n",
        "x.toml:1:1: `head` is a list of tables, not the string \"zero-shot\": write [[head]]")]
    [InlineData("[[objective]]\nkind='a'\n[[objective]]\nkind='a'\n",
        "x.toml:3:1: [[objective]]: two are called `a`; give one a `name`")]
    [InlineData("[[head]]\nkind='a'\nname='b'\n[[head]]\nkind='b'\n",
        "x.toml:4:1: [[head]]: two are called `b`; give one a `name`")]
    [InlineData("head = 'none'\nobjective = 'none'\n", "")]
    [InlineData("# nothing\n\n", "")]
    [InlineData("", "x.toml: the file is empty")]
    [InlineData(" \n\t\n", "x.toml: the file is empty")]
    public void Mistakes_have_places_and_say_what_to_do(string toml, string expected) =>
        Assert.Equal(expected, Mistakes(toml));

    [Fact]
    public void All_mistakes_come_together_in_order() => Assert.Equal(
        """
        x.toml:3:8: `a b` is no good as the name of a folder: use letters, digits, `-`, `_`, `+` and `.`, at most 100
        x.toml:4:1: `steps` belongs to the whole experiment: move it out of arm `a b`, to the top of the file
        --set arm.zz.text.width=1: no arm is called `zz`. There are: a b.
        --set masking: has no `=`: write --set masking.ratio=0.6
        """,
        Mistakes("name='n'\n[[arm]]\nname = 'a b'\nsteps = 3\n", "masking", "arm.zz.text.width=1"));

    [Fact]
    public void The_exception_lists_all_one_a_line()
    {
        folder.TryRead("[[arm]]\nname='a'\nsteps=1\nepochs=2\n");
        var error = Assert.Throws<ExperimentException>(folder.Problems.ThrowIfAny);
        Assert.Equal(2, error.Problems.Count);
        Assert.Equal(string.Join('\n', error.Problems), error.Message);
        Assert.Equal([3, 4], error.Problems.Select(problem => problem.At.Line));
    }

    [Fact]
    public void Mistakes_of_syntax_in_both_files_and_in_sets_come_together()
    {
        folder.File("base.toml", "a = = 1\n");
        Assert.Null(folder.TryRead("extends = 'base.toml'\nb = [1\n", "nonsense"));
        Assert.Equal(
            """
            base.toml:1:5: not valid TOML: Unexpected token `=` for a value
            x.toml:3:1: not valid TOML: Unexpected token `<eof>`. Expecting a closing `]` for an array
            --set nonsense: has no `=`: write --set masking.ratio=0.6
            """,
            folder.Shown);
    }
}
