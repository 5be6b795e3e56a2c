using Microsoft.Extensions.Logging.Abstractions;
using Rils.Configuration;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Engine.WeightFiles;
using Rils.Runs;
using Rils.Tests.Engine.Runs;
using static TorchSharp.torch;

namespace Rils.Tests.Engine.Checkpoints;

/// <summary>Checkpoints hold a plugin's State as they hold ours. A plugin whose State no checkpoint could hold is
/// refused at the start.</summary>
public sealed class PluginStateTests : IDisposable
{
    readonly TinyExperiment tiny = new();

    [Fact]
    public void A_plugins_state_comes_back()
    {
        var file = tiny.Write(TinyExperiment.Clip + "\nema = { decay = 0.8 }");
        var whole = Run("whole", file, CancellationToken.None);
        using var stop = new CancellationTokenSource();
        Run("stopped", file, stop.Token, new CallbackSink(_ => stop.Cancel()));
        var resumed = Run("stopped", file, CancellationToken.None);
        var (expected, actual) = (File.ReadAllBytes(whole), File.ReadAllBytes(resumed));
        Assert.Equal(expected, actual);
        using var scope = NewDisposeScope();
        var tensors = SafeTensors.Read(whole);
        Assert.False(tensors["EmaWeights/image_projection"].allclose(tensors["Weights/image_projection"],
            rtol: 1e-6, atol: 1e-7));
    }

    [Fact]
    public void State_that_no_checkpoint_would_hold_is_refused_by_name()
    {
        var file = tiny.Write(TinyExperiment.Clip + "\nema = { decay = 0.8 }");
        var refused = Assert.Throws<ExperimentException>(() =>
            Load(file, new EmaPlugin(forgetful: true)).Experiment.Dispose());
        Assert.Contains("ema of ema updates State that no checkpoint would hold: let its type implement ICheckpointed",
            refused.Message);
    }

    public void Dispose() => tiny.Dispose();

    /// <summary>Runs to the end or to the cancellation, and returns the arm's file in the last checkpoint.</summary>
    string Run(string name, string file, CancellationToken cancellation, ISink? sink = null)
    {
        var (experiment, plugins) = Load(file, new EmaPlugin(forgetful: false));
        using (experiment)
        using (var folder = Directory.Exists(tiny[name]) ? RunFolder.Open(tiny[name]) : RunFolder.Create(tiny[name]))
            TestRun.Of(experiment, plugins, folder, sink, cancellation);
        return Path.Combine(Directory.GetDirectories(Path.Combine(tiny[name], "seed-0", "checkpoints"))
            .Order(StringComparer.Ordinal).Last(), "clip.safetensors");
    }

    static (Experiment Experiment, PluginSet Plugins) Load(string file, IPlugin ema)
    {
        var registry = PluginRegistry.Of(
            ("Vit", new Models.VitPlugin()), ("Text", new Models.TextTransformerPlugin()),
            ("Space", new Models.LinearSpacePlugin()),
            ("Contrastive", new Contrastive.ContrastivePlugin()),
            ("AdamW", new AdamW.AdamWPlugin()), ("Schedules", new Schedules.SchedulesPlugin()),
            ("WebDataset", new WebDataset.WebDatasetPlugin()),
            ("Bpe", new Bpe.BpePlugin()), ("Imaging", new Imaging.ImagingPlugin()), ("ema", ema));
        var experiment = new ExperimentLoader(registry, NullLogger<ExperimentLoader>.Instance)
            .Load(file, ["steps=24", "checkpoint.every=5"]);
        return (experiment, new PluginSet([], registry));
    }
}
