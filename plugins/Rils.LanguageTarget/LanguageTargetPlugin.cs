[assembly: RequiresPlugin("Rils.Measures", "0.1")]

namespace Rils.LanguageTarget;

/// <summary>Brings <c>[target] kind = "language"</c>.</summary>
public sealed class LanguageTargetPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Target<LanguageTargetOptions>("language")
        .System(Stage.Setup, "language.shape", LanguageShape.Make,
            static order => order.Requires<LanguageTargetOptions>())
        .System(Stage.Setup, "language.queue.setup", LanguageQueue.Setup)
        .System(Stage.Setup, "language.directions", PrototypeDirections.Setup,
            static order => order.When<LanguageTargetOptions>(
                static target => target.HasDirections, "prototypes = random or learned"))
        .System(Stage.Forward, "language.gate", LanguageGate.Select)
        .System(Stage.Objective, "language.loss", LanguageLoss.Loss)
        .System(Stage.Objective, "language.pictures", LanguagePictures.Add, static order => order.Passive())
        .System(Stage.Update, "language.queue", LanguageQueue.Push,
            static order => order.When<LanguageTargetOptions>(static target => target.Queue > 0, "queue > 0"));
}
