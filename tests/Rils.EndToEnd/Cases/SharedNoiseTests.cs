using Rils.Tests.Cli;
using Rils.Tests.Engine.Plugins;

namespace Rils.Tests.Cases;

/// <summary>All arms read the same noise for their masks, so an arm that changes the noise is stopped.</summary>
public sealed class SharedNoiseTests
{
    [Fact]
    public void A_masking_that_changes_it_stops_its_arm_and_the_other_gets_the_weights_that_it_gets_alone()
    {
        using var files = new CaseFolder("faults/plugin-changes-shared-noise");
        string[] run = ["run", files.Experiment, "--plugins", FixturePlugins.Of("Fixture.Bad"), "--out"];
        var outcome = Command.Process([.. run, files["out"]]).Returns(1);
        Assert.Contains("error: arm bad (seed 0) stopped early: mask of arm bad failed at step 0: "
            + "plugin Fixture.Bad changes MaskNoise (Float32 [8, 16]) in place", outcome.Error);
        Command.Process([.. run, files["out-alone"], "--set", "arm.bad=none"]).Returns(0);
        Assert.Equal(Weights("out-alone"), Weights("out"));

        byte[] Weights(string folder) => File.ReadAllBytes(files[folder, "seed-0", "rils", "model.safetensors"]);
    }
}
