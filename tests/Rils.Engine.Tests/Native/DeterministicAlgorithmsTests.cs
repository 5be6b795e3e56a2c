using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging.Abstractions;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Native;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Scheduling;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Engine.Native;

/// <summary>The tests check the switch itself, which the CPU's libtorch has too. Only a CUDA device shows the switch's
/// effect on CUDA's operations.</summary>
public sealed unsafe class DeterministicAlgorithmsTests : IDisposable
{
    readonly TinyExperiment tiny = new();

    [Fact]
    public void Libtorch_has_the_switch_and_tells_what_it_was_turned_to()
    {
        Assert.True(DeterministicAlgorithms.IsThere);
        Assert.False(DeterministicAlgorithms.AreOn);
        DeterministicAlgorithms.Switch(true);
        Assert.True(DeterministicAlgorithms.AreOn);
        Assert.False(Tells("_ZNK2at7Context31deterministicAlgorithmsWarnOnlyEv"), "refusals would be warnings");
        Assert.False(Tells("_ZNK2at7Context36deterministicFillUninitializedMemoryEv"), "new tensors would be filled");
        DeterministicAlgorithms.Switch(false);
        Assert.False(DeterministicAlgorithms.AreOn);
    }

    [Fact]
    public void A_library_without_it_is_known()
    {
        var other = NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, "libtorch", "libc10.so"));
        Assert.False(DeterministicAlgorithms.Exports(other));
    }

    [Theory]
    [InlineData("cuda:0", true, true)]
    [InlineData("cuda:1", false, false)]
    [InlineData("cpu", true, null)]
    [InlineData("cpu", false, null)]
    public void It_follows_the_experiment_on_CUDA_and_is_left_alone_on_a_CPU(
        string device, bool deterministic, bool? expected)
    {
        using var experiment = Load(deterministic);
        foreach (var before in (bool[])[false, true])
        {
            DeterministicAlgorithms.Switch(before);
            // The lanes begin to use a device in Setup, which does not run here, so no device is needed.
            using var runner = experiment.NewRunner(experiment.PlanOf(experiment.NewWorld(0, device)), 0, 1);
            Assert.Equal(expected ?? before, DeterministicAlgorithms.AreOn);
        }
    }

    [Fact]
    public void It_is_on_by_default_and_part_of_the_resolved_experiment()
    {
        using var experiment = Load(null);
        Assert.True(experiment.Settings.Deterministic);
        Assert.Null(experiment.LackOn("cuda:0"));
        Assert.Equal("true", Rils.Runs.ExperimentValues.Of(experiment.Resolved).Root["deterministic"]);
    }

    public void Dispose()
    {
        DeterministicAlgorithms.Switch(false);
        tiny.Dispose();
    }

    Experiment Load(bool? deterministic)
    {
        string[] sets = deterministic is { } on ? [$"deterministic={(on ? "true" : "false")}"] : [];
        var plugins = TinyExperiment.Plugins.Registry;
        return new ExperimentLoader(plugins, NullLogger<ExperimentLoader>.Instance)
            .Load(tiny.Write(TinyExperiment.Clip), sets);
    }

    /// <summary>Reads a flag of libtorch's global context.</summary>
    static bool Tells(string name)
    {
        var library = NativeLibrary.Load("torch_cpu", typeof(DeterministicAlgorithms).Assembly, null);
        var context = ((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "_ZN2at13globalContextEv"))();
        return ((delegate* unmanaged<nint, byte>)NativeLibrary.GetExport(library, name))(context) != 0;
    }
}
