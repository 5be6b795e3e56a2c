namespace Rils.LanguageTarget;

/// <summary>Brings <c>[target] kind = "language"</c> and <c>[teacher] kind = "ema"</c>.</summary>
public sealed class LanguageTargetPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Configure(IRilsBuilder rils) => rils
        .Target<LanguageTargetOptions>("language")
        .Component<EmaTeacherOptions>("teacher", "ema")
        .System(Stage.Setup, "language.shape", LanguageShape.Make)
        .System(Stage.Setup, "language.queue.setup", LanguageQueue.Setup)
        .System(Stage.Setup, "teacher.setup", EmaTeacher.Setup)
        .System(Stage.Forward, "teacher.encode", EmaTeacher.Encode)
        .System(Stage.Forward, "language.gate", LanguageGate.Select)
        .System(Stage.Objective, "language.loss", LanguageLoss.Loss)
        .System(Stage.Objective, "language.pictures", LanguagePictures.Add, static order => order.Onlooker())
        .System(Stage.Update, "language.queue", LanguageQueue.Push)
        .System(Stage.Update, "teacher.follow", EmaTeacher.Follow);
}
