using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Configuration.Settings;
using Rils.Engine.Bench;
using Rils.Engine.Composition;
using Rils.Engine.Data;
using Rils.Engine.Native;
using Rils.Engine.Plugins;
using Rils.Engine.Sweeps;
using Rils.Engine.Training;
using Rils.Runs;
using Rils.Scheduling;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Loading;

/// <summary>The key <c>device</c> of an arm.</summary>
public sealed class ArmDeviceTests : IDisposable
{
    const string Rils = "[[arm]]\nname = \"rils\"\ndevice = \"cuda:1\"", Clip = TinyExperiment.Clip;

    static readonly PluginRegistry Registry = TinyExperiment.Plugins.Registry;

    readonly TinyExperiment tiny = new();

    public void Dispose() => tiny.Dispose();

    [Theory]
    [InlineData("cpu", "cpu")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:0", "cuda:0")]
    [InlineData("cuda:01", "cuda:1")]
    [InlineData("cuda:", null)]
    [InlineData("cuda:-1", null)]
    [InlineData("cuda:12345", null)]
    [InlineData("gpu", null)]
    [InlineData("CPU", null)]
    [InlineData("", null)]
    public void Names_of_devices(string given, string? name) => Assert.Equal(name, TorchDevices.NameOf(given));

    [Fact]
    public void Every_machine_has_a_cpu_and_none_has_so_many_GPUs()
    {
        Assert.Equal("cpu", TorchDevices.Here[0]);
        Assert.Null(TorchDevices.LackOf("cpu"));
        Assert.Contains($"machine has {string.Join(", ", TorchDevices.Here)}", TorchDevices.LackOf("cuda:999"));
    }

    [Fact]
    public void Arms_get_the_lanes_that_they_name_and_the_world_what_their_devices_need()
    {
        using var experiment = Load([Rils, Clip, "[[arm]]\nname = \"third\"\ndevice = \"cuda\""], "precision=bf16");
        var world = experiment.NewWorld(0, "cuda:2");
        Assert.Equal(["clip cuda:2", "rils cuda:1", "third cuda:0"],
            world.Arms.Select(arm => $"{arm.Name} {arm.Device}"));
        Assert.True(world.Shared.Has(typeof(MixedPrecision)));
        Assert.True(world.Shared.Has(typeof(PinnedFrames)));
        Assert.Equal("cuda:2, cuda:0, cuda:1", experiment.DevicesOn("cuda:2"));
        // As a manifest tells them, for a plan of the run.
        Assert.Equal(world.Arms.Select(arm => arm.Device),
            experiment.NewWorld(0, experiment.DevicesOn("cuda:2")).Arms.Select(arm => arm.Device));
        var cost = experiment.NewWorldOnCpu(0, experiment.Arms, _ => null);
        Assert.All(cost.Arms, arm => Assert.Equal("cpu", arm.Device));
        Assert.False(cost.Shared.Has(typeof(PinnedFrames)));
    }

    [Fact]
    public void Where_all_arms_name_it_the_command_line_does_not_count()
    {
        using var experiment = Load([Rils]);
        Assert.Equal("cuda:1", experiment.DevicesOn("cpu"));
        Assert.All(experiment.NewWorld(0, "cpu").Arms, arm => Assert.Equal("cuda:1", arm.Device));
        Assert.True(experiment.NewWorld(0, "cpu").Shared.Has(typeof(PinnedFrames)));
        Assert.Equal("cuda:1", experiment.DevicesOn("cuda:1"));
    }

    [Fact]
    public void Without_the_key_all_is_as_the_command_line_says()
    {
        using var experiment = Load([TinyExperiment.Rils, Clip]);
        Assert.Equal("cuda:3", experiment.DevicesOn("cuda:3"));
        Assert.All(experiment.NewWorld(0, "cuda:3").Arms, arm => Assert.Equal("cuda:3", arm.Device));
        experiment.RequireDevices();
        experiment.RequireDevices("cpu");
    }

    [Fact]
    public void The_file_the_command_line_and_a_base_may_give_it_and_none_drops_it()
    {
        using var set = Load([Rils, Clip], "arm.rils.device=cpu", "arm.clip.device=cuda");
        Assert.Equal(["cpu", "cuda:0"], set.ArmDefinitions.Select(arm => arm.Device));
        using var dropped = Load([Rils, Clip], "arm.rils.device=none");
        Assert.All(dropped.ArmDefinitions, arm => Assert.Null(arm.Device));
        var own = tiny["own.toml"];
        File.WriteAllText(own, $"extends = \"{tiny.Write(Rils, Clip)}\"\nname = \"own\"");
        using var extended = new ExperimentLoader(Registry, NullLogger<ExperimentLoader>.Instance).Load(own, []);
        Assert.Equal(["cuda:1", null], extended.ArmDefinitions.Select(arm => arm.Device));
    }

    [Fact]
    public void The_resolved_experiment_and_the_key_of_a_run_hold_it()
    {
        using var given = Load([Rils, Clip]);
        var text = ResolvedExperiment.Write(given.Resolved);
        File.WriteAllText(tiny["resolved.toml"], text);
        using var again = new ExperimentLoader(Registry, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny["resolved.toml"], []);
        Assert.Equal(text, ResolvedExperiment.Write(again.Tree));
        Assert.Equal(["cuda:1", null], again.ArmDefinitions.Select(arm => arm.Device));
        Assert.Equal("\"cuda:1\"", ExperimentValues.Of(given.Resolved).Arms["rils"]["device"]);
        using var moved = Load([Rils, Clip], "arm.rils.device=cuda:2");
        using var other = Load([Rils, Clip], "arm.rils.device=none");
        Assert.Distinct(new[] { given, moved, other }.Select(one => RunKey.Of(one.Resolved, one.Settings, "cuda:0")));
    }

    [Theory]
    [InlineData("device = \"gpu\"", "arm rils: device = \"gpu\": there is no such device; give cpu, cuda or cuda:N")]
    [InlineData("device = 1", "`device` in arm rils must be a string, not the whole number 1")]
    [InlineData("divice = \"cpu\"", "unknown key `divice`; did you mean `device`? Known: ")]
    public void What_is_no_device_is_told_where_it_stands(string line, string mistake)
    {
        var message = Assert.Throws<ExperimentException>(() =>
            Load([$"[[arm]]\nname = \"rils\"\n{line}", Clip])).Message;
        Assert.Matches($@"^.*tiny-0\.toml:\d+:\d+: {System.Text.RegularExpressions.Regex.Escape(mistake)}", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void At_the_root_it_is_told_where_it_belongs() => Assert.Equal(
        "--set device=cpu: `device` is a key of an arm: give it in an [[arm]], or --device for all arms that name none",
        Assert.Throws<ExperimentException>(() => Load([TinyExperiment.Rils, Clip], "device=cpu")).Message);

    [Fact]
    public void A_device_that_is_not_here_is_a_mistake_of_the_file()
    {
        using var experiment = Load([Rils.Replace("cuda:1", "cuda:999"), Clip]);
        foreach (var require in (Action[])[experiment.RequireDevices, () => experiment.RequireDevices("cpu"),
            () => new Benchmark(experiment, _ => { }).Run(1, "cpu", CancellationToken.None)])
        {
            var message = Assert.Throws<ExperimentException>(require).Message;
            Assert.Matches(@"tiny-0\.toml:\d+:\d+: arm rils: device = ""cuda:999"": ", message);
            Assert.Contains("machine has cpu", message);
            Assert.EndsWith("Name another device, or drop the key: the arm then computes where --device says", message);
        }
    }

    [Fact]
    public void Devices_of_two_kinds_are_a_mistake_of_the_file()
    {
        using var experiment = Load([Rils.Replace("cuda:1", "cpu"), Clip]);
        experiment.RequireDevices("cpu");
        var message = Assert.Throws<ExperimentException>(() => experiment.RequireDevices("cuda:0")).Message;
        Assert.Contains("arm rils: device = \"cpu\" beside arm clip on cuda:0: "
            + "arms of one run compute on devices of one kind", message);
    }

    Experiment Load(string[] arms, params string[] sets) =>
        new ExperimentLoader(Registry, NullLogger<ExperimentLoader>.Instance).Load(tiny.Write(arms), sets);
}
