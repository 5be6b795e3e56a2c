using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Origins;

/// <summary>A file that names missing weights is refused when it is read.</summary>
public sealed class OriginMistakesTests : IDisposable
{
    static readonly Lazy<PluginRegistry> Plugins = new(() => TinyExperiment.Plugins.Registry);

    readonly TinyExperiment tiny = new();

    [Theory]
    [InlineData("from = \"clp\"", "[init]: there is no arm `clp`; "
        + "did you mean `clip`? Arms: clip, rils. For an arm of an earlier run add run = \"DIR\"")]
    [InlineData("from = \"rils\"", "[init]: arm rils cannot take weights from itself; "
        + "where the root gives the table to all arms, drop it there by init = \"none\"")]
    [InlineData("",
        "[init]: names no weights: give from = \"ARM\", from and run = \"DIR\", or path = \"FILE.safetensors\"")]
    [InlineData("from = \"clip\", path = \"a\"",
        "[init]: gives `from` and `path`: one of them, since each names the weights")]
    [InlineData("run = \"a\", path = \"a\"", "[init]: gives `run` without `from`, the arm of that run")]
    [InlineData("path = \"FOLDER/nothing.safetensors\"", "[init]: FOLDER/nothing.safetensors does not exist")]
    [InlineData("path = \"FOLDER\"",
        "[init]: FOLDER is a folder: name the file, as in path = \"FOLDER/model.safetensors\"")]
    [InlineData("path = \"FOLDER/tiny-0.toml\"", "[init]: FOLDER/tiny-0.toml: bad header length")]
    [InlineData("from = \"clip\", run = \"FOLDER/gone\"",
        "[init]: FOLDER/gone does not exist: name the folder that an earlier run printed")]
    [InlineData("from = \"clip\", run = \"FOLDER\"",
        "[init]: FOLDER is no run folder: it has no experiment.toml; name the folder that an earlier run printed")]
    public void What_is_not_there_is_told_at_its_key(string init, string message)
    {
        var folder = Path.GetDirectoryName(tiny["x"])!;
        tiny.Write(TinyExperiment.Clip);
        var mistake = Assert.Single(Mistakes(TinyExperiment.Clip,
            $"{TinyExperiment.Rils}\ninit = {{ {init.Replace("FOLDER", folder)} }}"));
        Assert.Matches(@"^.*tiny-1\.toml:\d+:\d+: ", mistake);
        Assert.Contains(message.Replace("FOLDER", folder), mistake);
    }

    [Fact]
    public void A_run_without_the_arm_or_the_seed_is_told()
    {
        var run = tiny.Run(tiny.Write(TinyExperiment.Clip));
        string Init(string arm) => $"{TinyExperiment.Rils}\ninit = {{ from = \"{arm}\", run = \"{run}\" }}";
        Assert.Empty(Mistakes(Init("clip")));
        Assert.Contains($"[init]: the run {run} has no arm `cilp`; did you mean `clip`? Arms: clip",
            Assert.Single(Mistakes(Init("cilp"))));
        var mistake = Assert.Single(Mistakes([Init("clip")], "seeds=[0, 1, 2]"));
        Assert.Contains($"[init]: the run {run} has no weights of arm clip for seed 1, 2: finish that run, "
            + $"or name one file for all seeds, as in path = \"{run}/seed-0/clip/model.safetensors\"", mistake);
        var written = File.ReadAllText(Path.Combine(run, "experiment.toml"));
        File.WriteAllText(Path.Combine(run, "experiment.toml"), written.Replace("[arm.backbone]", "[arm.ema]"));
        Assert.Contains("arm clip has no [backbone]", Assert.Single(Mistakes(Init("clip"))));
        File.WriteAllText(Path.Combine(run, "experiment.toml"), written);
        File.WriteAllText(Path.Combine(run, "seed-0", "clip", "model.safetensors"), "");
        Assert.Contains("0 bytes are too few for a safetensors file", Assert.Single(Mistakes(Init("clip"))));
        File.WriteAllText(Path.Combine(run, "experiment.toml"), "a = ");
        Assert.Contains($"[init]: {run}/experiment.toml is damaged: ", Assert.Single(Mistakes(Init("clip"))));
    }

    [Fact]
    public void A_run_does_not_go_on_with_other_weights_than_it_was_begun_with()
    {
        string Trained(params string[] sets) =>
            Path.Combine(tiny.Run(tiny.Write(TinyExperiment.Clip), null, null, sets), "seed-0", "clip",
            "model.safetensors");
        var path = tiny["taken.safetensors"];
        File.Copy(Trained(), path);
        var file = tiny.Write($"{TinyExperiment.Rils}\ninit = {{ path = \"{path}\" }}");
        var run = tiny.Run(file);
        Assert.Empty(Obstacles(run, file));
        File.Copy(Trained("steps=3"), path, overwrite: true);
        var difference = Assert.Single(Obstacles(run, file));
        Assert.Matches($"^weights {path} was of SHA-256 [0-9a-f]{{64}} and is of SHA-256 [0-9a-f]{{64}}$",
            $"{difference}");
        Assert.Equal("files", difference.Name);
    }

    static IReadOnlyList<Difference> Obstacles(string run, string file)
    {
        var plugins = TinyExperiment.Plugins;
        using var experiment = new ExperimentLoader(plugins.Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(file, []);
        return ResumeCheck.Of(run, experiment, plugins, "cpu").Obstacles;
    }

    [Fact]
    public void Weights_of_a_run_that_lost_a_bit_are_not_taken()
    {
        var run = tiny.Run(tiny.Write(TinyExperiment.Clip));
        var path = Path.Combine(run, "seed-0", "clip", "model.safetensors");
        var bytes = File.ReadAllBytes(path);
        bytes[^9] ^= 64;
        File.WriteAllBytes(path, bytes);
        var said = $"{path} is damaged: its SHA-256 is not the one in outcome.json; "
            + "put it back from a copy, or remove it: its run, resumed, makes it again from the last checkpoint";
        Assert.Contains(said,
            Assert.Single(Mistakes($"{TinyExperiment.Rils}\ninit = {{ from = \"clip\", run = \"{run}\" }}")));
        Assert.Contains(said, Assert.Single(Mistakes($"{TinyExperiment.Rils}\ninit = {{ path = \"{path}\" }}")));
    }

    [Fact]
    public void Arms_that_take_from_one_another_have_no_order()
    {
        var mistake = Assert.Single(Mistakes(TinyExperiment.Clip + "\ninit = { from = \"rils\" }",
            TinyExperiment.Rils + "\ninit = { from = \"clip\" }"));
        Assert.Contains("arms clip, rils cannot be put in order: clip takes weights from rils, "
            + "rils takes weights from clip; let one of them begin without the others", mistake);
    }

    [Theory]
    [InlineData("phase-2")]
    [InlineData("Phase-11")]
    public void An_arm_cannot_have_the_name_of_a_phase(string name) => Assert.Contains(
        $"an arm cannot be called `{name}`: its folder lies beside ",
        Assert.Single(Mistakes(TinyExperiment.Clip.Replace("\"clip\"", $"\"{name}\""))));

    IReadOnlyList<string> Mistakes(params string[] arms) => Mistakes(arms, []);

    IReadOnlyList<string> Mistakes(string[] arms, params string[] sets)
    {
        var file = tiny.Write(arms);
        try
        {
            using var experiment = new ExperimentLoader(Plugins.Value, NullLogger<ExperimentLoader>.Instance)
                .Load(file, sets);
            return [];
        }
        catch (ExperimentException mistakes)
        {
            return [.. mistakes.Problems.Select(problem => problem.ToString())];
        }
    }

    public void Dispose() => tiny.Dispose();
}
