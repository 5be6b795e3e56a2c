using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Plugins;
using Rils.Engine.Pretrained;
using Rils.Engine.Training;
using Rils.Scheduling;
using Rils.Tests.Cli;
using Rils.Tests.Engine.Runs;
using Rils.Tests.Plugins.Probes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Origins;

/// <summary>A mistake in <c>[init]</c> is reported at its key when the file is read; <c>rils check</c> and <c>rils
/// run</c> print which tensors an arm takes.</summary>
public sealed class InitMistakesTests : IDisposable
{
    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Theory]
    [InlineData("parts = [\"decoder\"]",
        "[init]: `parts` names decoder, which arm lit does not build; it builds backbone, text, space")]
    [InlineData("freeze = [\"backbone\", \"decoder\"]",
        "[init]: `freeze` names decoder, which arm lit does not build; it builds backbone, text, space")]
    [InlineData("freeze = [\"backbone\", \"text\", \"space\"]", "[init]: arm lit has nothing to train: "
        + "`freeze` names all that it builds (backbone, text, space); leave one of them out")]
    [InlineData("parts = [\"backbone\"], freeze = [\"text\"]", "[init]: `freeze` names text, which `parts` does not: "
        + "a frozen part that was never trained is noise; take it too")]
    [InlineData("parts = []", "`parts` in [init] is an array; at least 1 long")]
    [InlineData("parts = [\"backbnoe\"]",
        "`parts` in [init] is \"backbnoe\"; did you mean `backbone`? Allowed: backbone, text, space, decoder.")]
    [InlineData("frozen = [\"backbone\"]", "unknown key `frozen` in [init]. Keys: from, run, path, parts, freeze")]
    public void A_wrong_part_is_told_at_its_key(string key, string message)
    {
        var file = tiny.Write(TinyExperiment.Mae, $"[[arm]]\nname = \"lit\"\ninit = {{ from = \"mae\", {key} }}");
        var loader = new ExperimentLoader(TinyExperiment.Plugins.Registry, NullLogger<ExperimentLoader>.Instance);
        var mistake = Assert.Single(Assert.Throws<ExperimentException>(() => loader.Load(file, [])).Problems)
            .ToString();
        Assert.Contains(message, mistake);
        var line = File.ReadAllLines(file).Index().Single(pair => pair.Item.StartsWith("init = "));
        Assert.Matches($@"^{System.Text.RegularExpressions.Regex.Escape(file)}:{line.Index + 1}:(?!1:)\d+: ", mistake);
    }

    [Fact]
    public void Check_and_run_tell_what_is_taken()
    {
        var file = tiny.Write(TinyExperiment.Mae,
            "[[arm]]\nname = \"lit\"\ninit = { from = \"mae\", parts = [\"backbone\"], freeze = [\"backbone\"] }");
        const string line = "arm lit: 32 tensors from arm mae (backbone, "
            + "frozen: backbone): 32 as they are, 0 renamed; left 32: visual.decoder_blocks.*, ";
        Assert.Contains(line, Command.Here("check", file).Returns(0).Output);
        Assert.Contains(line, Command.Here("run", file, "--set", "steps=3", "--out", tiny["run"]).Returns(0).Output);
        var wrong = Command.Here("check", file, "--set", "arm.lit.backbone.width=32").Returns(2).Error;
        Assert.Contains("error: weights.init of arm lit failed in setup: "
            + "[init]: backbone of arm mae has other shapes: ", wrong);
    }

    /// <summary>A benchmark has no trained source: the arm keeps the weights that it drew, and freezes its parts none
    /// the less.</summary>
    [Fact]
    public void Without_weights_of_the_arm_what_was_drawn_stays()
    {
        var parts = GoldenParts.Rils();
        var before = parts.Vit.parameters().Select(parameter => parameter.clone()).ToArray();
        var append = new Append<Trainable>("test");
        append.Add(new("visual.", parts.Vit));
        InitSystem.Take(new(append), new() { Freeze = [InitModule.Backbone] },
            new("arm mae", () => throw new NotSupportedException(), () => null, _ => false), default,
            out var taken);
        Assert.Empty(taken.Taken);
        Assert.All(parts.Vit.parameters().Zip(before), pair => Assert.True(pair.First.Equals(pair.Second)));
        Assert.All(parts.Vit.parameters(), parameter => Assert.False(parameter.requires_grad));
        // A conversion makes other parameters, as moving to a GPU does.
        parts.Vit.to(ScalarType.Float64);
        Assert.All(parts.Vit.parameters(), parameter => Assert.False(parameter.requires_grad));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_wants_no_gradient_is_encoded_once_and_keeps_nothing_for_a_backward_pass(bool isTrained)
    {
        using var scope = NewDisposeScope();
        var backbone = new CountingBackbone();
        if (isTrained) backbone.register_parameter("scale", new Parameter(ones(1)));
        ForwardSystems.Tokens(backbone, backbone, backbone.Patches, new(zeros(12, 3, 2, 2)), default, new(1, 5),
            out var tokens);
        Assert.Equal(isTrained, tokens.Tokens.requires_grad);
        if (isTrained) ActivationCheckpoint.Backward(tokens.Tokens.sum());
        Assert.Equal(isTrained ? 24 : 12, backbone.Encoded);
    }
}
