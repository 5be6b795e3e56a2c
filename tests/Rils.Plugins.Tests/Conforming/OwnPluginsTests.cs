using Rils.Contract;
using Rils.Testing;
using Rils.Tests.Golden;
using Rils.Tests.Plugins.Bpe;

namespace Rils.Tests.Conforming;

/// <summary>Every plugin of this project keeps the contract, by the kit that strangers use.</summary>
public sealed class OwnPluginsTests
{
    static readonly string data = Path.Combine(Repository.Root, "experiments", "data", "clipart-mini");

    static readonly string vocabulary = Path.Combine(data, "bpe-2048.txt");

    /// <summary>Options with which a kind is small, or can be made at all.</summary>
    static readonly object[] given =
    [
        new Schedules.CosineOptions { LearningRate = 0.1, WarmupEpochs = 1 },
        new Schedules.MaeCosineOptions { LearningRate = 0.1, WarmupEpochs = 1 },
        new Schedules.ConstantOptions { LearningRate = 0.1 }, new LayerDecay.LayerDecayOptions { Factor = 0.8 },
        new Teachers.FrozenTeacherOptions { From = "clip" },
        // Every image counts, since a closed gate leaves the decoder of the kit's arm without gradients.
        new LanguageTarget.LanguageTargetOptions { Gate = LanguageTarget.Gate.None },
        new LanguageTarget.LanguageTargetOptions { Queue = 16 },
        new LanguageTarget.LanguageTargetOptions { Prototypes = LanguageTarget.Prototypes.Random, Directions = 8 },
        new LanguageTarget.LanguageTargetOptions { Prototypes = LanguageTarget.Prototypes.Learned, Directions = 8 },
        new Models.VitOptions { Patch = 8, Width = 48, Depth = 2, Heads = 3 },
        new Models.VitOptions { Patch = 8, Width = 48, Depth = 2, Heads = 3, DropPath = 0.4, Registers = 1 },
        new Models.TextTransformerOptions { Context = 16, Width = 32, Heads = 2, Depth = 2 },
        new Models.ResNetOptions { Depth = 18 },
        new Bpe.BpeTokenizerOptions { Vocabulary = vocabulary },
        new Probes.KnnOptions { Train = [data] }, new Probes.LinearOptions { Train = [data] },
        new ZeroShot.ZeroShotOptions { Classes = Path.Combine(data, "classes.json") },
        new SourceContext([Path.Combine(data, "val-*.tar")], Path.Combine(Path.GetTempPath(), "rils-conforming")),
    ];

    public static TheoryData<string> Names => [.. plugins.Keys];

    static readonly Dictionary<string, IPlugin> plugins = new IPlugin[]
    {
        new AdamW.AdamWPlugin(), new Average.AveragePlugin(), new Bpe.BpePlugin(),
        new Contrastive.ContrastivePlugin(), new FeatureTarget.FeatureTargetPlugin(), new Imaging.ImagingPlugin(),
        new LanguageTarget.LanguageTargetPlugin(), new LayerDecay.LayerDecayPlugin(),
        new Models.MaskedDecoderPlugin(), new Masking.MaskingPlugin(), new PixelTarget.PixelTargetPlugin(),
        new Probes.ProbesPlugin(), new Models.ResNetPlugin(), new Retrieval.RetrievalPlugin(),
        new Schedules.SchedulesPlugin(), new Sgd.SgdPlugin(), new SimClr.SimClrPlugin(),
        new Models.LinearSpacePlugin(), new Teachers.TeachersPlugin(), new Models.TextTransformerPlugin(),
        new Models.VitPlugin(), new WebDataset.WebDatasetPlugin(), new ZeroShot.ZeroShotPlugin(),
    }.ToDictionary(plugin => plugin.GetType().Assembly.GetName().Name!);

    [SkippableTheory]
    [MemberData(nameof(Names))]
    public void A_plugin_keeps_the_contract(string name)
    {
        Skip.If(name == "Rils.Bpe" && ClipVocabulary.Path is null, ClipVocabulary.Missing);
        object[] clip = [new Bpe.ClipTokenizerOptions { Vocabulary = ClipVocabulary.Path ?? "" }];
        var report = Conformance.Check(plugins[name], [.. given, .. clip]);
        Assert.NotEmpty(report.Passed);
        Assert.Empty(report.LeftOut);
    }
}
