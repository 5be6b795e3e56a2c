using static Rils.Scheduling.Tests.Make;

namespace Rils.Scheduling.Tests.Plans;

/// <summary>The systems of the methods that the framework is for, as signatures: nothing here runs.</summary>
static class Methods
{
    public static readonly IReadOnlyList<SystemDefinition> Systems =
    [
        On(Stage.Setup, "cursor.setup", (in SourceKind source, out Cursor cursor) => { cursor = null!; }),
        On(Stage.Load, "data.load",
            (in SourceKind source, ref Cursor cursor, out Samples samples) => { samples = null!; }),
        On(Stage.Prepare, "data.prepare",
            (in Samples samples, out HostBatch batch, out Tick tick) => { batch = null!; tick = null!; }),
        On(Stage.Forward, "upload.images", (in HostBatch batch, out Images images) => { images = null!; }),
        On(Stage.Forward, "upload.captions", (in HostBatch batch, out Captions captions) => { captions = null!; }),
        On(Stage.Forward, "upload.noise", (in HostBatch batch, out MaskNoise noise) => { noise = null!; }),
        On(Stage.Forward, "upload.views", (in HostBatch batch, out AugmentedViews views) => { views = null!; }),

        On(Stage.Setup, "backbone.shape", (in BackboneKind kind, out BackboneShape shape) => { shape = null!; }),
        On(Stage.Setup, "backbone.setup",
            (in BackboneKind kind, out Backbone backbone, Append<Trainable> parts) => { backbone = null!; }),
        On(Stage.Setup, "text.setup", (in TextKind kind, out TextEncoder text, out TextShape shape,
            Append<Trainable> parts) => { text = null!; shape = null!; }),
        On(Stage.Setup, "space.setup", (in SpaceKind kind, in BackboneShape image, in Maybe<TextShape> text,
            out Space space, Append<Trainable> parts) => { space = null!; }),
        On(Stage.Setup, "decoder.setup", (in DecoderKind kind, in BackboneShape image, in TargetShape target,
            out Decoder decoder, Append<Trainable> parts) => { decoder = null!; }),
        On(Stage.Setup, "weights.setup", (in Collected<Trainable> parts, out Weights weights) => { weights = null!; }),
        On(Stage.Setup, "optimizer.setup",
            (in OptimizerKind kind, in Weights weights, out OptimizerState state) => { state = null!; }),
        On(Stage.Setup, "metrics.setup", (out MetricLog log) => { log = null!; }),
        On(Stage.Setup, "init.from", (in InitOptions options, ref Weights weights) => { }),

        On(Stage.Forward, "image.tokens",
            (in Backbone backbone, in Images images, out ImageTokens tokens) => { tokens = null!; }),
        On(Stage.Forward, "image.embed",
            (in Space space, in ImageTokens tokens, out ImageEmbedding embedding) => { embedding = null!; }),
        On(Stage.Forward, "text.embed", (in TextEncoder text, in Space space, in Captions captions,
            out Sentences sentences) => { sentences = null!; }),
        On(Stage.Forward, "mask",
            (in Masking masking, in BackboneShape shape, in MaskNoise noise, out PatchMask mask) => { mask = null!; }),
        On(Stage.Forward, "visible.tokens", (in Backbone backbone, in Images images, in PatchMask mask,
            in Maybe<ImageSelection> selection, out VisibleTokens tokens) => { tokens = null!; }),
        On(Stage.Forward, "decode",
            (in Decoder decoder, in VisibleTokens tokens, out Prediction prediction) => { prediction = null!; }),
        On(Stage.Backward, "backward",
            (in Collected<LossTerm> losses, in Weights weights, out Gradients gradients) => { gradients = null!; }),
        On(Stage.Update, "schedule", (in Schedule schedule, in Tick tick, out LearningRate rate) => { rate = null!; }),
        On(Stage.Update, "optimizer", (in OptimizerKind kind, in Gradients gradients, in LearningRate rate,
            ref Weights weights, ref OptimizerState state) => { }),
        On(Stage.Observe, "metrics",
            (in Collected<LossTerm> losses, in Collected<Metric> metrics, ref MetricLog log) => { }),

        On(Stage.Update, "space.clamp", (in Space space, ref Weights weights) => { }, o => o.After("optimizer")),
        On(Stage.Objective, "contrastive", (in ContrastiveOptions options, in ImageEmbedding images,
            in Sentences sentences, in Space space, Append<LossTerm> losses, Append<Metric> metrics) => { }),
        On(Stage.Setup, "language.shape",
            (in LanguageOptions options, in BackboneShape image, out TargetShape shape) => { shape = null!; }),
        On(Stage.Forward, "language.gate", (in LanguageOptions options, in ImageEmbedding images,
            in Sentences sentences, out ImageSelection selection, Append<Metric> metrics) => { selection = null!; }),
        On(Stage.Objective, "language", (in LanguageOptions options, in Prediction prediction, in ImageTokens teacher,
            in ImageSelection selection, in Sentences sentences, in Space space, Append<LossTerm> losses) => { }),
        On(Stage.Setup, "pixel.shape",
            (in PixelOptions options, in BackboneShape image, out TargetShape shape) => { shape = null!; }),
        On(Stage.Objective, "pixel", (in PixelOptions options, in Prediction prediction, in Images images,
            Append<LossTerm> losses, Append<Metric> metrics) => { }),
        On(Stage.Setup, "teacher.setup", (in TeacherOptions options, out TeacherBackbone teacher,
            out TargetShape shape) => { teacher = null!; shape = null!; }),
        On(Stage.Forward, "teacher.features",
            (in TeacherBackbone teacher, in Images images, out TeacherFeatures features) => { features = null!; }),
        On(Stage.Objective, "features", (in TeacherOptions options, in Prediction prediction,
            in TeacherFeatures features, Append<LossTerm> losses, Append<Metric> metrics) => { }),
        On(Stage.Setup, "simclr.setup", (in SimClrOptions options, in BackboneShape image, out ProjectionHead head,
            Append<Trainable> parts) => { head = null!; }),
        On(Stage.Objective, "simclr", (in SimClrOptions options, in ProjectionHead head, in Backbone backbone,
            in AugmentedViews views, Append<LossTerm> losses, Append<Metric> metrics) => { }),
        On(Stage.Setup, "ema.setup",
            (in Backbone student, in EmaOptions options, out EmaWeights teacher) => { teacher = null!; }),
        On(Stage.Update, "ema", (in Backbone student, in EmaOptions options, ref EmaWeights teacher) => { }),
    ];

    static readonly Type[] Components =
    [
        typeof(BackboneKind), typeof(TextKind), typeof(DecoderKind), typeof(SpaceKind), typeof(Masking),
        typeof(OptimizerKind), typeof(Schedule), typeof(LanguageOptions),
        typeof(PixelOptions), typeof(TeacherOptions), typeof(ContrastiveOptions), typeof(SimClrOptions),
        typeof(EmaOptions), typeof(InitOptions), typeof(SourceKind),
    ];

    /// <summary>A world with the source; every arm has what an experiment's root tables give all arms.</summary>
    public static World NewWorld()
    {
        var world = new World();
        world.Shared.Set(new SourceKind());
        return world;
    }

    public static Entity AddTrained(this World world, string name) =>
        world.AddArm(name).Set(new BackboneKind()).Set(new OptimizerKind()).Set(new Schedule());

    public static Entity WithText(this Entity arm)
    {
        arm.Set(new TextKind()).Set(new SpaceKind()).AddItem("contrastive").Set(new ContrastiveOptions());
        return arm;
    }

    public static Entity WithMasking(this Entity arm) => arm.Set(new Masking()).Set(new DecoderKind());

    public static Plan PlanOf(World world) => Plan.Of(Systems, world, Components);
}
