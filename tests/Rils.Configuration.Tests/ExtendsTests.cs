using System.Text;
using Rils.Configuration;

namespace Rils.Tests.Engine.Experiments;

public sealed class ExtendsTests : IDisposable
{
    readonly ExperimentFolder folder = new();

    public void Dispose() => folder.Dispose();

    string Shown(string main)
    {
        ExperimentReader.Read(main, [], ExperimentFolder.Keys, folder.Problems);
        return folder.Shown;
    }

    [Fact]
    public void A_file_is_laid_over_the_one_it_extends_and_that_over_its_own()
    {
        folder.File("shared/deep.toml",
            "seeds=[0,1]\n[masking]\nkind='random'\nratio=0.1\n[text]\nwidth=1\n[[arm]]\nname='old'\n");
        folder.File("base.toml", "extends='shared/deep.toml'\n[masking]\nratio=0.2\n[data]\nbatch=8\n");
        var tree = folder.Read("extends='base.toml'\nname='n'\ntext='none'\n[[arm]]\nname='new'\n[data]\nimage=64\n");
        Assert.Equal("{seeds: [0, 1], data: {batch: 8, image: 64}, name: \"n\"}\n"
            + "new {masking: {kind: \"random\", ratio: 0.2}}", Trees.Show(tree));
    }

    [Fact]
    public void Of_several_bases_each_is_laid_over_those_before_it()
    {
        folder.File("common.toml", "seeds=[0,1]\n[text]\nwidth=1\ndepth=1\n");
        folder.File("arms.toml", "extends='common.toml'\nepochs=3\n[[arm]]\nname='a'\n");
        folder.File("size.toml", "extends='common.toml'\nsteps=5\n[text]\nwidth=2\n");
        var tree = folder.Read("extends=['arms.toml','size.toml']\nname='n'\n[text]\ndepth=3\n");
        Assert.Equal("{seeds: [0, 1], steps: 5, name: \"n\"}\na {text: {width: 2, depth: 3}}", Trees.Show(tree));
    }

    [Theory]
    [InlineData("[]", "")]
    [InlineData("['base.toml', 3]", "x.toml:1:25: `extends` must be the path of a file, as in \"base.toml\", "
        + "or a list of such, not the whole number 3")]
    [InlineData("['base.toml', 'gone.toml']", "no such file")]
    public void A_list_of_bases_may_be_empty_and_holds_nothing_but_paths(string list, string message)
    {
        folder.File("base.toml", "");
        folder.TryRead($"extends = {list}");
        Assert.Contains(message, folder.Shown);
        Assert.Equal(message.Length == 0, folder.Shown.Length == 0);
    }

    [Fact]
    public void Arms_are_inherited_where_none_are_given()
    {
        folder.File("base.toml", "[[arm]]\nname='a'\ntext.width=2\n");
        Assert.Equal("{name: \"x\"}\na {text: {depth: 1, width: 2}}",
            Trees.Show(folder.Read("extends='base.toml'\ntext.depth=1\ntext.width=1")));
    }

    [Theory]
    [InlineData("epochs = 3", "steps = 5", "{steps: 5, name: \"x\"}")]
    [InlineData("samples = 3", "epochs = 5", "{epochs: 5, name: \"x\"}")]
    [InlineData("steps = 3", "steps = 5", "{steps: 5, name: \"x\"}")]
    [InlineData("steps = 3", "seeds = [1]", "{steps: 3, seeds: [1], name: \"x\"}")]
    // a mistake for the options to find
    [InlineData("steps = 3", "samples = 1\nepochs = 5", "{samples: 1, epochs: 5, name: \"x\"}")]
    public void One_length_replaces_the_others(string below, string above, string expected)
    {
        folder.File("base.toml", below);
        Assert.Equal(expected, Trees.Show(folder.Read($"extends='base.toml'\n{above}").Root));
    }

    [Fact]
    public void Values_keep_the_place_where_they_were_written()
    {
        folder.File("sub/base.toml", "\n[data]\ntrain = 'a.tar'\nbatch = 1\n");
        var data = (TableNode)folder.Read("extends='sub/base.toml'\n[data]\nbatch=2\n").Root["data"]!;
        Assert.EndsWith("sub/base.toml:3:9", data["train"]!.Span.ToString());
        Assert.Equal(Path.Combine(folder.Path, "sub"), data["train"]!.Span.Folder);
        Assert.EndsWith("x.toml:3:7", data["batch"]!.Span.ToString());
        Assert.EndsWith("x.toml:2:1", data.Span.ToString());
    }

    [Fact]
    public void A_circle_is_named()
    {
        folder.File("b.toml", "extends = 'c.toml'\n");
        folder.File("c.toml", "\nextends = 'b.toml'\n");
        Assert.Equal("c.toml:2:11: `extends` goes in a circle: b.toml -> c.toml -> b.toml",
            Shown(folder.File("a.toml", "extends = 'b.toml'\n")));
    }

    [Fact]
    public void A_file_that_extends_itself_is_a_circle() =>
        Assert.Equal("a.toml:1:11: `extends` goes in a circle: a.toml -> a.toml",
            Shown(folder.File("a.toml", "extends = './a.toml'\n")));

    [Fact]
    public void Lists_of_bases_that_double_at_each_file_end()
    {
        for (var i = 0; i < 40; i++) folder.File($"{i}.toml", $"extends = ['{i + 1}.toml', '{i + 1}.toml']\n");
        Assert.Contains("`extends` goes through more than 32 files",
            Shown(folder.File("a.toml", "extends = '0.toml'\n")));
    }

    [Fact]
    public void A_circle_through_links_ends()
    {
        var main = folder.File("a.toml", "extends = 'loop/a.toml'\n");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "loop"), ".");
        Assert.EndsWith("`extends` goes through more than 32 files", Shown(main));
    }

    [Theory]
    [InlineData("extends = 'no.toml'", "a.toml:1:11: `extends` names no.toml: no such file")]
    [InlineData("extends = 'sub'", "a.toml:1:11: `extends` names sub: this is a folder, not an experiment file")]
    [InlineData("extends = 3", "a.toml:1:11: `extends` must be the path of a file, as in \"base.toml\", "
        + "or a list of such, not the whole number 3")]
    [InlineData("extends = ''", "a.toml:1:11: `extends` must be the path of a file, as in \"base.toml\", "
        + "or a list of such, not the string \"\"")]
    [InlineData("extends = \"a\\u0000\"",
        "a.toml:1:11: `extends` must be the path of a file, as in \"base.toml\", or a list of such, "
            + "not the string \"a\\x00\"")]
    [InlineData("extends = 'sub/empty.toml'", "sub/empty.toml: the file is empty")]
    public void A_base_that_cannot_be_read_is_a_mistake_at_the_line_that_names_it(string text, string expected)
    {
        folder.File("sub/empty.toml", "");
        Assert.Equal(expected, Shown(folder.File("a.toml", text)));
    }

    [Fact]
    public void A_base_that_is_not_there_is_named_by_its_whole_path()
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(),
            folder.File("sub/a.toml", "extends = '../b.toml'"));
        ExperimentReader.Read(relative, [], ExperimentFolder.Keys, folder.Problems);
        Assert.Equal($"`extends` names {Path.Combine(folder.Path, "b.toml")}: no such file",
            Assert.Single(folder.Problems).Message);
    }

    [Theory]
    [InlineData("tried.toml", "tried.toml: no such file; did you mean experiments/tried.toml?")]
    [InlineData("tried", "tried: no such file; did you mean experiments/tried.toml?")]
    [InlineData("here", "here: no such file; did you mean here.toml?")]
    [InlineData("other.toml", "other.toml: no such file")]
    public void A_file_that_lies_among_the_experiments_is_pointed_to(string given, string expected)
    {
        folder.File("experiments/tried.toml", "steps = 1");
        folder.File("here.toml", "steps = 1");
        Assert.Equal(expected, Shown(Path.Combine(folder.Path, given)));
    }

    [Fact]
    public void The_name_is_not_inherited()
    {
        folder.File("base.toml", "name = 'base'\n[text]\nwidth = 1\n");
        Assert.Equal("{name: \"x\"}\nx {text: {width: 1}}", Trees.Show(folder.Read("extends = 'base.toml'")));
        Assert.Equal("{name: \"own\"}\nown {text: {width: 1}}",
            Trees.Show(folder.Read("extends = 'base.toml'\nname = 'own'")));
        Assert.Equal("{name: \"set\"}\nset {text: {width: 1}}",
            Trees.Show(folder.Read("extends = 'base.toml'", "name=set")));
    }

    [Fact]
    public void Files_that_cannot_be_read_are_mistakes()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "dir"));
        var bytes = Path.Combine(folder.Path, "bytes.toml");
        File.WriteAllBytes(bytes, [.. "a = 1\nb = 'é"u8, 0xFF, .. "'"u8]);
        var large = folder.File("large.toml", new string('#', 2_000_000));
        Assert.Equal(
            """
            bytes.toml:2:7: not valid UTF-8: byte 0xFF; save the file as UTF-8
            dir: this is a folder, not an experiment file
            large.toml: larger than 1 MiB: this is no experiment file
            nothing.toml: no such file
            """,
            new[] { "nothing.toml", "dir" }.Select(name => Path.Combine(folder.Path, name)).Append(bytes).Append(large)
                .Select(Shown).ToList()[^1]);
        Assert.Null(ExperimentReader.Read("", [], ExperimentFolder.Keys, folder.Problems));
        Assert.Null(ExperimentReader.Read("a\0b", [], ExperimentFolder.Keys, folder.Problems));
    }

    [Fact]
    public void A_byte_order_mark_is_no_mistake()
    {
        var path = Path.Combine(folder.Path, "bom.toml");
        File.WriteAllText(path, "name = 'b'\nsteps =\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.StartsWith("bom.toml:2:", Shown(path));
    }

    [Fact]
    public void Paths_in_messages_look_as_the_users_do()
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(),
            folder.File("sub/a.toml", "extends = '../b.toml'"));
        folder.File("b.toml", "x = =");
        var expected = Path.GetRelativePath(Directory.GetCurrentDirectory(), Path.Combine(folder.Path, "b.toml"));
        ExperimentReader.Read(relative, [], ExperimentFolder.Keys, folder.Problems);
        Assert.Equal(expected + ":1:5", Assert.Single(folder.Problems).At.ToString());
    }
}
