using Microsoft.Extensions.Logging.Abstractions;
using Rils.Contract;
using Rils.Engine.Composition;
using Rils.Engine.Execution;
using Rils.Engine.Plugins;
using Rils.Runs;
using Rils.Scheduling;
using Rils.Tests.Engine.Runs;

namespace Rils.Tests.Contracts;

/// <summary>Runs arms of the tiny experiment in this process, with a stranger's plugin beside ours.</summary>
sealed class StrangeExperiment : IDisposable
{
    public const string Kind = "{ kind = \"strange\" }";

    public TinyExperiment Tiny { get; } = new();

    /// <summary>Loads an experiment with our plugins and the one that <c>configure</c> registers.</summary>
    public (Experiment Experiment, PluginSet Plugins) Load(Action<IRilsBuilder> configure, string file,
        params string[] sets)
    {
        var registry = PluginRegistry.Of(
            ("Vit", new Models.VitPlugin()), ("Text", new Models.TextTransformerPlugin()),
                ("Space", new Models.LinearSpacePlugin()), ("Decoder", new Models.MaskedDecoderPlugin()),
            ("Contrastive", new Contrastive.ContrastivePlugin()),
                ("Language", new LanguageTarget.LanguageTargetPlugin()), ("Pixel", new PixelTarget.PixelTargetPlugin()),
            ("Features", new FeatureTarget.FeatureTargetPlugin()), ("Teachers", new Teachers.TeachersPlugin()),
                ("Masking", new Masking.MaskingPlugin()),
            ("AdamW", new AdamW.AdamWPlugin()), ("Average", new Average.AveragePlugin()),
                ("LayerDecay", new LayerDecay.LayerDecayPlugin()), ("Schedules", new Schedules.SchedulesPlugin()),
                ("Retrieval", new Retrieval.RetrievalPlugin()),
            ("WebDataset", new WebDataset.WebDatasetPlugin()), ("Bpe", new Bpe.BpePlugin()),
                ("Imaging", new Imaging.ImagingPlugin()), ("Strange", new StrangePlugin(configure)));
        return (new ExperimentLoader(registry, NullLogger<ExperimentLoader>.Instance).Load(file, sets),
            new PluginSet([], registry));
    }

    /// <summary>Runs an experiment in a new folder, or goes on in an old one; <c>folder</c> is its name.</summary>
    public IReadOnlyList<ArmOutcome> Run(string folder, Action<IRilsBuilder> configure, string file,
        ISink? sink = null, CancellationToken cancellation = default, params string[] sets)
    {
        var (experiment, plugins) = Load(configure, file, sets);
        using (experiment)
        using (var run = Directory.Exists(Tiny[folder]) ? RunFolder.Open(Tiny[folder]) : RunFolder.Create(Tiny[folder]))
            return TestRun.Of(experiment, plugins, run, sink, cancellation);
    }

    /// <summary>Trains an arm for three steps and returns why it stopped.</summary>
    public string Failure(Action<IRilsBuilder> configure, string arm, params string[] sets)
    {
        var outcome = Assert.Single(Run($"run-{Guid.NewGuid():N}", configure, Tiny.Write(arm), null, default,
            ["steps=3", .. sets]));
        Assert.NotNull(outcome.Failure);
        return outcome.Failure;
    }

    /// <summary>The reason why an arm cannot be set up, as <c>rils check</c> finds it.</summary>
    public string Refusal(Action<IRilsBuilder> configure, string arm, params string[] sets)
    {
        var (experiment, _) = Load(configure, Tiny.Write(arm), sets);
        using (experiment) return Assert.ThrowsAny<SystemFailedException>(() => ArmCost.Of(experiment)).Message;
    }

    public void Dispose() => Tiny.Dispose();
}
