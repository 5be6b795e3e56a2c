using System.Runtime.InteropServices;
using Rils.Engine.Guards;
using Rils.Engine.Native;
using Rils.Runs;
using Rils.Tests.Engine.Plugins;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Guards;

/// <summary>Where an operation has no form that gives equal bits, the message names the system, the plugin and the key
/// that allows it. While the switch is on, libtorch refuses some operations on a CPU too; a run on a CPU leaves the
/// switch off, so the tests turn it on.</summary>
public sealed class NotDeterministicTests : IDisposable
{
    const string Fix =
        "`deterministic = false` at the root of the experiment allows it: two equal runs may then differ";
    const string Told = "plugin Fixture.Trespass calls max_unpooling2d_forward_out, "
        + $"which has no form that gives the same bits each time. {Fix}";

    readonly TinyExperiment tiny = new();

    public void Dispose()
    {
        DeterministicAlgorithms.Switch(false);
        tiny.Dispose();
    }

    [Fact]
    public void A_system_that_calls_such_an_operation_stops_its_arm_alone()
    {
        const string Culprit = """
            [[arm]]
            name = "culprit"
            objective = [{ kind = "contrastive" }, { kind = "trespass", deed = "unpool", step = 1 }]
            """;
        DeterministicAlgorithms.Switch(true);
        var outcomes = Run("on", Culprit, TinyExperiment.Clip);
        Assert.Equal($"trespass[trespass] of arm culprit failed at step 1: {Told}", outcomes[0].Failure);
        Assert.Null(outcomes[1].Failure);
        // The trace has libtorch's own words, for those who repair the system.
        Assert.Contains("max_unpooling2d_forward_out does not have a deterministic implementation",
            File.ReadAllText(Path.Combine(tiny["on"], "seed-0", "culprit", "error.log")));
        DeterministicAlgorithms.Switch(false);
        Assert.All(Run("off", Culprit, TinyExperiment.Clip), outcome => Assert.Null(outcome.Failure));
    }

    [Fact]
    public void A_head_that_calls_one_costs_its_own_result()
    {
        DeterministicAlgorithms.Switch(true);
        var head = TinyExperiment.Retrieval.Replace("\"retrieval\"", "\"trespass\"\nto = \"clip\"\ndeed = \"unpool\"");
        var outcome = Assert.Single(Run("on", TinyExperiment.Clip, head));
        Assert.Null(outcome.Failure);
        Assert.All(outcome.Heads, result => Assert.Equal(Told, result.Failure));
    }

    [Fact]
    public void A_refusal_in_other_words_keeps_them_beside_the_key()
    {
        const string Words = "Deterministic behavior was enabled with `torch.use_deterministic_algorithms(True)`, "
            + "but …: set CUBLAS_WORKSPACE_CONFIG=:4096:8";
        var cublas = new ExternalException($"{Words}\nException raised from f");
        Assert.Equal($"plugin X calls what gives other bits each time: {Words}. {Fix}",
            NotDeterministicException.Explain("plugin X", cublas).Message);
        var other = new ExternalException("a tensor has no storage");
        Assert.Same(other, NotDeterministicException.Explain("plugin X", other));
    }

    IReadOnlyList<ArmOutcome> Run(string name, params string[] arms) => tiny.RunIn(tiny[name], tiny.Write(arms),
        [.. TinyExperiment.PluginFolders, FixturePlugins.Of("Fixture.Trespass")],
        null, CancellationToken.None, "steps=3");
}
