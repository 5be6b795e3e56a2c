using Rils.Contract;
using Rils.Engine.Data;
using Rils.Engine.Gallery;
using Rils.Engine.Pretrained;
using Rils.Engine.Slots;
using Rils.Engine.Training;
using Rils.Scheduling;

namespace Rils.Engine.Composition;

/// <summary>The engine's own systems, registered as a plugin registers its own.</summary>
/// <param name="steps">The number of optimizer steps of the run; pictures are made in the last step.</param>
/// <param name="slots">The slots, whose modules systems of Setup make.</param>
sealed class EnginePlugin(long steps, SlotTable slots) : IPlugin
{
    /// <summary>The names of two systems whose work other code does too: the cost of an arm asks its masking, and a
    /// checkpoint drains its metrics. A failure there carries the same name.</summary>
    public const string Mask = "mask", Metrics = "metrics";

    public void Configure(IRilsBuilder rils)
    {
        foreach (var slot in slots.All.Where(slot => slot.Setup is not null))
            rils.System(Stage.Setup, $"{slot.Table}.setup", slot.Setup!);
        foreach (var ability in Ability.All) rils.System(Stage.Setup, ability.System, ability.Setup);
        AddSystems(rils);
    }

    void AddSystems(IRilsBuilder rils) => rils
        .System(Stage.Setup, "backbone.patches", ModuleSetup.Patches)
        .System(Stage.Setup, "data.order", LoaderSystems.Order)
        .System(Stage.Setup, "data.buffers", LoaderSystems.Buffers)
        .System(Stage.Setup, "data.views", LoaderSystems.Views)
        .System(Stage.Setup, "view.cost", ForwardSystems.CountViews)
        .System(Stage.Load, "data.load", LoaderSystems.Load)
        // Pictures alone make no captions; where captions are drawn anyway, pictures have them.
        .System(Stage.Prepare, "caption.texts", LoaderSystems.Texts, static order => order.Passive())
        .System(Stage.Prepare, "caption.tokens", LoaderSystems.Captions)
        .System(Stage.Prepare, "class.numbers", LoaderSystems.Labels)
        .System(Stage.Prepare, "mask.noise", LoaderSystems.Noise)
        .System(Stage.Prepare, "pass.noise", PassNoiseSystems.Prepare)
        .System(Stage.Forward, "upload.images", UploadSystems.Images)
        .System(Stage.Forward, "upload.views", UploadSystems.Views)
        .System(Stage.Setup, "text.context", ForwardSystems.Context)
        // A TextShape alone, whose vectors a plugin has from elsewhere, has no use for tokens.
        .System(Stage.Setup, "text.encoder", ForwardSystems.Encoder,
            static order => order.Fallback().Requires<MakeTextEncoder>())
        .System(Stage.Forward, "text.tokens", ForwardSystems.TextTokens)
        .System(Stage.Setup, "weights.init", InitSystem.Take)
        .System(Stage.Setup, "weights.decay", DecayRule.Append)
        .System(Stage.Setup, "weights.setup", WeightsSetup.Setup)
        .System(Stage.Setup, "untrained.setup", WeightsSetup.Untrained)
        .System(Stage.Setup, "optimizer.setup", LearningSystems.SetupOptimizer)
        .System(Stage.Setup, "metrics.setup", MetricSystems.Setup)
        .System(Stage.Forward, "image.tokens", ForwardSystems.Tokens)
        .System(Stage.Forward, "image.pool", ForwardSystems.Pool)
        .System(Stage.Forward, "image.features", ForwardSystems.Features, static order => order.Fallback())
        .System(Stage.Forward, "view.tokens", ForwardSystems.EncodeViews, static order => order.Requires<ViewCost>())
        .System(Stage.Forward, "view.pool", ForwardSystems.PoolViews)
        .System(Stage.Forward, "view.features", ForwardSystems.ViewFeatures,
            static order => order.Fallback().Requires<ViewCost>())
        .System(Stage.Forward, "image.embed", ForwardSystems.EmbedImages)
        .System(Stage.Forward, "text.embed", ForwardSystems.EmbedTexts)
        .System(Stage.Forward, Mask, ForwardSystems.Mask)
        .System(Stage.Forward, "visible.tokens", ForwardSystems.VisibleTokens)
        .System(Stage.Forward, "decode", ForwardSystems.Decode)
        .System(Stage.Backward, "backward", LearningSystems.Backward)
        .System(Stage.Update, "schedule", LearningSystems.Schedule)
        .System(Stage.Update, "optimizer", LearningSystems.Optimize)
        .System(Stage.Update, "weights.round", WeightsSetup.CastToBf16,
            static order => order.Requires<MixedPrecision>().After<Weights>())
        .System(Stage.Observe, Metrics, MetricSystems.Observe)
        .System(Stage.Setup, "gallery.setup", GallerySystems.Setup, static order => order.Passive())
        .System(Stage.Forward, "gallery.images", GallerySystems.Choose,
            order => order.Passive().When(step => step == steps - 1))
        .System(Stage.Observe, "gallery.masked", GallerySystems.Masked, static order => order.Passive())
        .System(Stage.Observe, "gallery.views", GallerySystems.Views,
            static order => order.Passive().Requires<ViewFeatures>())
        .System(Stage.Observe, "gallery", GallerySystems.Collect, static order => order.Passive());
}
