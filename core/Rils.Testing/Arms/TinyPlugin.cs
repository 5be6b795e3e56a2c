using Rils.Contract;
using Rils.Scheduling;

namespace Rils.Testing.Arms;

/// <summary>Registers what the kit's arm is made of, beside the plugin under test.</summary>
sealed class TinyPlugin : IPlugin
{
    public const string Name = "Rils.Tiny", Kind = "tiny", Features = "tiny-features", Teacher = "tiny_teacher",
        Attention = "tiny_attention", Given = "tiny-given";

    readonly List<IWrapped> given = [];

    /// <summary>Numbers a value that code gave to a kind as what the kind holds, so that a file can name the
    /// value.</summary>
    public long NumberOf(IWrapped wrapped)
    {
        if (!given.Contains(wrapped)) given.Add(wrapped);
        return given.IndexOf(wrapped);
    }

    T Made<T>(TinyGivenOptions options, object context) => (T)given[options.Number].Make(context);

    public void Configure(IRilsBuilder rils) => rils
        .Source<TinySourceOptions>(Kind, static (options, _) => new TinyData.Source(options))
        .Tokenizer<TinyOptions>(Kind, static (_, _) => new TinyData.Characters())
        .Augmentation<TinyOptions>(Kind, static (_, data) => new TinyData.Pixels(data.ImageSize))
        .Views<TinyOptions>(Kind, static (_, data) => new TinyData.Pixels(data.ImageSize))
        .Backbone<TinyTokensOptions, TinyModules.Tokens>(
            Kind, static (_, experiment) => new(experiment.ImageSize))
        .Source<TinyGivenOptions>(Given, Made<ISource>)
        .Tokenizer<TinyGivenOptions>(Given, Made<ITokenizer>)
        .Augmentation<TinyGivenOptions>(Given, Made<IAugmentation>)
        .Views<TinyGivenOptions>(Given, Made<IViewAugmentation>)
        .TextEncoder<TinyGivenOptions>(Given, Made<TextEncoder>)
        .Decoder<TinyGivenOptions>(Given, Made<Decoder>)
        .Masking<TinyGivenOptions>(Given, Made<IMasking>)
        .Optimizer<TinyGivenOptions>(Given, Made<IOptimizer>)
        .Schedule<TinyGivenOptions>(Given, Made<ISchedule>)
        .Backbone<TinyColoursOptions, TinyModules.Colours>(Features, static (_, _) => new())
        .TextEncoder<TinyOptions>(Kind, static (_, experiment) => new TinyModules.Words(experiment.VocabularySize))
        .Space<TinyOptions>(Kind, static (_, context) => new TinyModules.Space(context))
        .Decoder<TinyOptions>(Kind, static (_, context) => new TinyModules.Predictor(context))
        .Masking<TinyOptions>(Kind, static (_, _) => new TinyLearning.Half())
        .Optimizer<TinyOptions>(Kind, static (_, _) => new TinyLearning.Descent())
        .Schedule<TinyOptions>(Kind, static (_, _) => new TinyLearning.Constant())
        .Component<TinyTeacherOptions>(Teacher)
        .System(Stage.Forward, "tiny.teacher", TinySystems.OwnTeacher,
            static order => order.Requires<TinyTeacherOptions>())
        .System(Stage.Forward, "tiny.vectors", TinySystems.OwnVectors,
            static order => order.Requires<TinyTeacherOptions>())
        .Component<TinyAttentionOptions>(Attention)
        .System(Stage.Forward, "tiny.attention", TinySystems.OwnAttention,
            static order => order.Requires<TinyAttentionOptions>())
        .Objective<TinyFeaturesOptions>(Features)
        .System(Stage.Objective, "tiny.features", TinySystems.Features)
        .Objective<TinyContrastOptions>("tiny-contrast")
        .System(Stage.Objective, "tiny.contrast", TinySystems.Contrast)
        .Target<TinyTargetOptions>(Kind)
        .System(Stage.Setup, "tiny.width", TinySystems.TargetWidth,
            static order => order.Requires<TinyTargetOptions>())
        .System(Stage.Objective, "tiny.target", TinySystems.Target)
        .System(Stage.Objective, "tiny.vectors.read", TinySystems.ReadVectors,
            static order => order.Requires<PatchPrediction>())
        .System(Stage.Objective, "tiny.attention.read", TinySystems.ReadAttention,
            static order => order.Requires<PatchPrediction>());
}
