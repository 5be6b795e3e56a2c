using CsCheck;
using Rils.Configuration;

namespace Rils.Tests.Engine.Experiments;

public sealed class ResolvedExperimentTests : IDisposable
{
    readonly ExperimentFolder folder = new();

    public void Dispose() => folder.Dispose();

    static readonly SourceSpan At = new("random.toml", 1, 1);

    static bool AreSame(ExperimentTree a, ExperimentTree b) =>
        a.Root.SameAs(b.Root)
        && a.Arms.Select(arm => arm.Name).SequenceEqual(b.Arms.Select(arm => arm.Name))
        && a.Arms.Zip(b.Arms).All(pair => pair.First.Tables.SameAs(pair.Second.Tables));

    [Fact]
    public void Is_readable()
    {
        var tree = folder.Read("name='n'\n[masking]\nkind='random'\nratio=0.75\n[[arm]]\nname='a'\n"
            + "objective=[{kind='x'}]\n[[arm]]\nname='b'\nmasking='none'\n");
        Assert.Equal(
            """
            # The experiment as it ran: bases, overrides and arms are worked out, paths are absolute.
            name = "n"

            [[arm]]
            name = "a"

            [arm.masking]
            kind = "random"
            ratio = 0.75

            [[arm.objective]]
            kind = "x"

            [[arm]]
            name = "b"

            """,
            ResolvedExperiment.Write(tree));
    }

    [Fact]
    public void Means_the_same_in_another_folder()
    {
        folder.File("base/base.toml",
            "[data]\ntrain='a.tar'\n[[arm]]\nname='x'\n[arm.weights]\ntrain='w.safetensors'\nshards=['s']\n");
        var tree = folder.Read("extends='base/base.toml'\nname='n'\n");
        var first = Bind(tree);
        var copy = folder.File("runs/1/experiment.toml", ResolvedExperiment.Write(tree));
        var again = ExperimentReader.Read(copy, [], ExperimentFolder.Keys, folder.Problems)!;
        Assert.Equal("", folder.Shown);
        Assert.True(AreSame(tree, again));
        Assert.Equal(first, Bind(again));
        Assert.Equal($"{folder.Path}/base/a.tar {folder.Path}/base/w.safetensors {folder.Path}/base/s", first);
    }

    string Bind(ExperimentTree tree)
    {
        var data = OptionsBinder.Bind<OptionsBinderTests.Paths>((TableNode)tree.Root["data"]!,
            "[data]", folder.Problems)!;
        var weights = OptionsBinder.Bind<OptionsBinderTests.Paths>((TableNode)tree.Arms[0].Tables["weights"]!,
            "[weights]", folder.Problems)!;
        return $"{data.Train} {weights.Train} {weights.Shards[0]}";
    }

    [Fact]
    public void Reads_back_to_an_equal_tree()
    {
        Gen.Select(TomlGen.Table(3), TomlGen.Table(3), TomlGen.Table(2)).Sample((data, first, second) =>
        {
            var tree = Tree(data, first, second);
            var text = ResolvedExperiment.Write(tree);
            var problems = new Problems();
            var path = folder.File("resolved.toml", text);
            var again = ExperimentReader.Read(path, [], ExperimentFolder.Keys, problems);
            Assert.True(again is not null && problems.Count == 0, string.Join('\n', problems) + text);
            return AreSame(tree, again);
        }, iter: 500, threads: 1);
    }

    /// <summary>A tree such as the reader makes: only keys of the experiment in the root, none of them in an arm,
    /// nothing left to drop.</summary>
    static ExperimentTree Tree(TableNode data, TableNode first, TableNode second)
    {
        var root = new TableNode(At);
        root.Set("name", At, new ScalarNode(At, "random"));
        root.Set("data", At, data);
        foreach (var arm in new[] { first, second })
        {
            arm.Remove("name");
            foreach (var entry in arm.Entries.Where(entry => entry.Value.IsNone).ToList())
                arm.Remove(entry.Key);
        }
        return new ExperimentTree(root, [new ArmTree("first", At, first), new ArmTree("second", At, second)]);
    }
}
