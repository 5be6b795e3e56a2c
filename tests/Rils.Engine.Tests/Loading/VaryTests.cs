using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Loading;

/// <summary>The loader refuses arms that differ in more settings than <c>vary</c> lists.</summary>
public sealed class VaryTests : IDisposable
{
    const string Root = """
        [masking]
        kind = "random"
        [decoder]
        kind = "mae"
        """;

    static readonly Lazy<PluginRegistry> Plugins = new(() => TinyExperiment.Plugins.Registry);

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    static string Arms(params string[] bodies) =>
        Root + string.Concat(bodies.Index().Select(body => $"\n[[arm]]\nname = \"{"abc"[body.Index]}\"\n{body.Item}"));

    static readonly string Targets = Arms("target = { kind = \"language\" }",
        "target = { kind = \"pixel\" }", "target = \"none\"");

    [Fact]
    public void Arms_that_differ_in_nothing_else_pass_also_where_a_swap_leaves_tables_idle()
    {
        Assert.Empty(Mistakes(Targets, "vary=target"));
        Assert.Empty(Mistakes(Targets, "vary=[\"target\"]"));
        Assert.Empty(Mistakes(TinyExperiment.Clip, "vary=target"));
        Assert.Empty(Mistakes(Arms("target = { kind = \"language\" }", "objective = [{ kind = \"contrastive\" }, "
            + "{ kind = \"simclr\", hidden = 32, dim = 8 }]\ntarget = { kind = \"language\" }")
            + "\n[data.views]\nkind = \"simclr\"", "vary=objective.simclr"));
        Assert.Empty(Mistakes(Arms("target = { kind = \"pixel\" }\nmasking = { kind = \"block\", ratio = 0.5 }",
            "target = { kind = \"pixel\" }\nmasking = { ratio = 0.5 }"), "vary=masking.kind"));
    }

    [Fact]
    public void A_default_that_one_arm_writes_out_is_no_difference() => Assert.Empty(Mistakes(
        Arms("target = { kind = \"language\" }", "target = { kind = \"pixel\" }\n"
            + "masking = { kind = \"random\", ratio = 0.75 }\noptimizer = { betas = [0.9, 0.98] }"), "vary=target"));

    [Fact]
    public void Another_difference_is_named_with_its_place_both_values_and_the_fix()
    {
        var file = Arms("target = { kind = \"language\" }",
            "target = { kind = \"pixel\" }\nmasking = { ratio = 0.6 }\noptimizer = { betas = [0.9, 0.95] }");
        Assert.Equal(
        [
            "tiny-0.toml:57:21: masking.ratio is 0.6 in arm b and 0.75 in arm a: "
                + "make them equal, or add \"masking.ratio\" to `vary`",
            "tiny-0.toml:58:23: optimizer.betas is [0.9, 0.95] in arm b and [0.9, 0.98] in arm a: "
                + "make them equal, or add \"optimizer.betas\" to `vary`",
        ], Mistakes(file, "vary=target"));
        Assert.Empty(Mistakes(file, "vary=[\"target\", \"masking.ratio\", \"optimizer\"]"));
        Assert.Contains("masking.kind is \"grid\" in arm b and \"random\" in arm a: "
            + "make them equal, or add \"masking.kind\" to `vary`",
            Assert.Single(Mistakes(Arms("target = { kind = \"pixel\" }",
                "target = { kind = \"pixel\" }\nmasking = { kind = \"grid\" }"), "vary=masking.ratio")));
    }

    [Fact]
    public void A_table_that_an_arm_lacks_is_a_difference() => Assert.Equal(
    [
        "arm clip has no [decoder], and arm rils has one: "
            + "give it to both, at the root of the file, or add \"decoder\" to `vary`",
        "arm clip has no [masking], and arm rils has one: "
            + "give it to both, at the root of the file, or add \"masking\" to `vary`",
    ], Mistakes(TinyExperiment.Rils + "\n" + TinyExperiment.Clip, "vary=target")
        .Select(line => line.Split(": ", 2)[1]));

    [Theory]
    [InlineData("taget", "; did you mean `target`?")]
    [InlineData("masking.raito", "; did you mean `masking.ratio`?")]
    [InlineData("ratio", "; did you mean `masking.ratio`?")]
    [InlineData("contrastive", "; did you mean `objective.contrastive`?")]
    [InlineData("data", ".")]
    public void A_slip_in_vary_is_told_with_what_was_meant(string name, string hint) => Assert.Equal(
        $"--set vary={name}: `vary` names `{name}`, which no arm can have{hint} Arms have: "
            + "average, backbone, decoder, init, layer_decay, masking, objective, optimizer, schedule, space, target, "
            + "teacher, text.",
        Assert.Single(Mistakes(TinyExperiment.Clip, $"vary={name}")));

    [Fact]
    public void What_vary_takes_is_told() =>
        Assert.Contains("`vary` in the experiment must be a string, not the whole number 3",
            Assert.Single(Mistakes(TinyExperiment.Clip, "vary=[3]")));

    /// <summary>The messages, with places that leave out the folder.</summary>
    IReadOnlyList<string> Mistakes(string arms, string set)
    {
        try
        {
            new ExperimentLoader(Plugins.Value, NullLogger<ExperimentLoader>.Instance)
                .Load(tiny.Write(arms), [set]).Dispose();
            return [];
        }
        catch (ExperimentException refused)
        {
            return [.. refused.Problems.Select(problem => problem.ToString().Replace(tiny[""] + "/", ""))];
        }
    }
}
