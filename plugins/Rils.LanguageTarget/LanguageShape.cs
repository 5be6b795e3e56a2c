namespace Rils.LanguageTarget;

/// <summary>Says how wide the decoder's predictions are for the language target.</summary>
static class LanguageShape
{
    /// <summary>Predictions are as wide as the backbone's tokens, because one projection takes both to the shared
    /// space.</summary>
    public static void Make(in BackboneShape backbone, out TargetShape target) =>
        target = new(backbone.Width);
}
