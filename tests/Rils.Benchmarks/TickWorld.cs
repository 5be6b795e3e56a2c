using Rils.Scheduling;

namespace Rils.Benchmarks;

/// <summary>An experiment's schedule with the work left out: the systems and the accesses of RILS arms, a number in
/// place of each tensor.</summary>
static class TickWorld
{
    /// <summary>Systems that run for each arm in a tick.</summary>
    public const int SystemsPerArm = 15;

    public static Plan Plan(int arms)
    {
        var world = new World();
        for (var i = 0; i < arms; i++) world.AddArm($"arm{i}").Set(new Model());
        return Scheduling.Plan.Of(Systems, world, typeof(Model));
    }

    static readonly SystemDefinition[] Systems =
    [
        On(Stage.Setup, "weights.setup",
            (in Model _, out Weights weights, out Log log) => { (weights, log) = (new(), new()); }),
        On(Stage.Load, "load", (in Step step, out Samples samples) => { samples = new(step.Number); }),
        On(Stage.Prepare, "prepare", (in Samples samples, out Batch batch) => { batch = new(samples.Number); }),
        On(Stage.Forward, "upload.images", (in Batch batch, out Images images) => { images = new(batch.Number); }),
        On(Stage.Forward, "upload.captions",
            (in Batch batch, out Captions captions) => { captions = new(batch.Number); }),
        On(Stage.Forward, "upload.noise", (in Batch batch, out Noise noise) => { noise = new(batch.Number); }),
        On(Stage.Forward, "tokens",
            (in Model _, in Images images, out Tokens tokens) => { tokens = new(images.Number); }),
        On(Stage.Forward, "embed.images",
            (in Model _, in Tokens tokens, out Embedding embedding) => { embedding = new(tokens.Number); }),
        On(Stage.Forward, "embed.texts",
            (in Model _, in Captions captions, out Sentences sentences) => { sentences = new(captions.Number); }),
        On(Stage.Forward, "mask", (in Model _, in Noise noise, out Mask mask) => { mask = new(noise.Number); }),
        On(Stage.Forward, "gate",
            (in Embedding images, in Sentences _, out Selection selection) => { selection = new(images.Number); }),
        On(Stage.Forward, "visible", (in Model _, in Images images, in Mask mask, in Maybe<Selection> _,
            out Visible visible) => { visible = new(mask.Number); }),
        On(Stage.Forward, "decode",
            (in Model _, in Visible visible, out Prediction prediction) => { prediction = new(visible.Number); }),
        On(Stage.Objective, "language", (in Prediction prediction, in Tokens _, in Selection _, in Sentences _,
            Append<Loss> losses, Append<Metric> metrics) =>
        {
            losses.Add(new(prediction.Number));
            metrics.Add(new(prediction.Number));
        }),
        On(Stage.Objective, "contrastive",
            (in Embedding images, in Sentences _, Append<Loss> losses, Append<Metric> metrics) =>
        {
            losses.Add(new(images.Number));
            metrics.Add(new(images.Number));
        }),
        On(Stage.Backward, "backward",
            (in Collected<Loss> losses, in Weights _, out Gradients gradients, Append<Metric> metrics) =>
        {
            gradients = new(losses[0].Number);
            metrics.Add(new(losses.Count));
        }),
        On(Stage.Update, "schedule", (in Model _, in Step step, out Rate rate) => { rate = new(step.Number); }),
        On(Stage.Update, "optimizer",
            (in Gradients gradients, in Rate _, ref Weights weights) => { weights.Sum += gradients.Number; }),
        On(Stage.Update, "clamp", (in Model _, ref Weights weights) => { weights.Sum &= long.MaxValue; },
            options => options.After("optimizer")),
        On(Stage.Observe, "round", (in Model _, ref Weights weights) => { weights.Sum++; }),
        On(Stage.Observe, "metrics", (in Step _, in Rate _, in Collected<Loss> losses, in Collected<Metric> metrics,
            ref Log log) => { log.Count += losses.Count + metrics.Count; }),
    ];

    static SystemDefinition On(Stage stage, string name, Delegate body, Action<SystemOptions>? order = null)
    {
        var options = new SystemOptions();
        order?.Invoke(options);
        return new(stage, name, body, options, "benchmark");
    }

    sealed record Model;
    sealed record Weights { public long Sum { get; set; } }
    sealed record Log { public long Count { get; set; } }
    sealed record Samples(long Number) : IShared;
    sealed record Batch(long Number) : IShared;
    sealed record Images(long Number) : IShared;
    sealed record Captions(long Number) : IShared;
    sealed record Noise(long Number) : IShared;
    sealed record Tokens(long Number);
    sealed record Embedding(long Number);
    sealed record Sentences(long Number);
    sealed record Mask(long Number);
    sealed record Selection(long Number);
    sealed record Visible(long Number);
    sealed record Prediction(long Number);
    sealed record Loss(long Number);
    sealed record Metric(long Number);
    sealed record Gradients(long Number);
    readonly record struct Rate(double Value);
}
