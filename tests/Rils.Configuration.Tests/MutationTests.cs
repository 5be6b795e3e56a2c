using System.Text;
using Rils.Configuration;

namespace Rils.Tests.Engine.Experiments;

/// <summary>Broken files by the hundred: the worst that may come of one is a list of problems.</summary>
public sealed class MutationTests : IDisposable
{
    const string Whole = """
        name    = "reconstruction-space" # a comment
        seeds   = [0, 1, 2]
        epochs  = 10
        extends = "base.toml"

        [data]
        train = "data/clipart-train-*.tar"
        shards = ["a", 'b']
        plain = "é"

        [masking]
        kind  = "random"
        ratio = 0.75
        inner = { depth = 3, heads = 2 }
        every = "1 epoch"

        [[objective]]
        kind = "contrastive"

        [[arm]]
        name   = "rils"
        masking = { kind = "language", ratio = 0.1, betas = [0.9, 1e-3] }

        [[arm]]
        name    = "clip"
        objective = "none"
        masking.count = 2
        [arm.ema]
        decay = 1979-05-27T07:32:00Z

        [[head]]
        kind  = "zero-shot"
        """;

    const string Base = "[text]\nwidth = 1\n";

    static readonly string[] Pieces =
    [
        "[", "]", "[[", "]]", "{", "}", "=", ".", ",", "\"", "'", "\"\"\"", "\n", "#", "\\", "\0", "\t", "é",
        "\U0001F600", "1e999", "nan", "-",
        "name = ", "kind", "none", "[arm]", "[[arm]]", "extends = \"x.toml\"", "extends = 3", "[[head]]\n", "0x",
        "2024-13-01", "arm = 1", "a.b.c", "\uFEFF",
    ];

    readonly ExperimentFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_mutation_of_a_file_or_a_set_is_more_than_a_list_of_problems(int seed)
    {
        var random = new Random(seed);
        var sound = 0;
        for (var i = 0; i < 300; i++)
        {
            File.WriteAllBytes(Path.Combine(folder.Path, "base.toml"),
                MutateBytes(i % 3 == 0 ? Mutate(Base, random) : Base, random));
            var path = folder.File("x.toml", "");
            File.WriteAllBytes(path, MutateBytes(Mutate(Whole, random), random));
            string[] sets = [Mutate("masking.ratio=0.6", random), Mutate("objective.contrastive.weight=[0.5]", random),
                Mutate("arm.rils.ema.decay=1", random)];
            sound += Run(path, random.Next(2) == 0 ? [] : sets) ? 1 : 0;
        }
        Assert.InRange(sound, 1, 250); // else the mutations test one side only
    }

    [Fact]
    public void The_unmutated_file_is_sound()
    {
        folder.File("base.toml", Base);
        Assert.True(Run(folder.File("x.toml", Whole),
            ["masking.ratio=0.6", "objective.contrastive.weight=0.5", "arm.rils.ema.decay=1"]));
    }

    /// <summary>Reads, binds, writes and reads again. Whether there was nothing to report.</summary>
    static bool Run(string path, string[] sets)
    {
        var problems = new Problems();
        var tree = ExperimentReader.Read(path, sets, ExperimentFolder.Keys, problems);
        Assert.True(tree is not null || problems.Count > 0);
        if (tree is null)
            return false;
        var known = new HashSet<string> { "kind" };
        foreach (var arm in tree.Arms)
            if (arm.Tables["masking"] is TableNode masking)
                OptionsBinder.Bind<OptionsBinderTests.Everything>(masking, "[masking]", problems, known);
        if (tree.Root["data"] is TableNode data)
            OptionsBinder.Bind<OptionsBinderTests.Paths>(data, "[data]", problems, known);
        if (problems.Count > 0)
            Assert.NotEmpty(Assert.Throws<ExperimentException>(problems.ThrowIfAny).Message);
        else
            ReadAgain(path, tree);
        return problems.Count == 0;
    }

    static void ReadAgain(string path, ExperimentTree tree)
    {
        var problems = new Problems();
        File.WriteAllText(path, ResolvedExperiment.Write(tree));
        var again = ExperimentReader.Read(path, [], ExperimentFolder.Keys, problems);
        Assert.Empty(problems);
        Assert.True(tree.Root.SameAs(again!.Root));
        Assert.True(tree.Arms.Zip(again.Arms)
            .All(pair => pair.First.Name == pair.Second.Name && pair.First.Tables.SameAs(pair.Second.Tables)));
    }

    static string Mutate(string text, Random random)
    {
        var mutated = new StringBuilder(text);
        for (var edits = random.Next(4); edits > 0 && mutated.Length > 0; edits--)
        {
            var at = random.Next(mutated.Length);
            var length = Math.Min(random.Next(1, 12), mutated.Length - at);
            switch (random.Next(4))
            {
                case 0: mutated.Remove(at, length); break;
                case 1: mutated.Insert(at, Pieces[random.Next(Pieces.Length)]); break;
                case 2: mutated.Insert(at, mutated.ToString(at, length)); break;
                default: mutated[at] = mutated[random.Next(mutated.Length)]; break;
            }
        }
        return mutated.ToString();
    }

    static byte[] MutateBytes(string text, Random random)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (random.Next(10) == 0 && bytes.Length > 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }
}
