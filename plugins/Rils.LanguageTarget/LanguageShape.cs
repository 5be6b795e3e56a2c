namespace Rils.LanguageTarget;

/// <summary>What the decoder predicts for the language target.</summary>
static class LanguageShape
{
    /// <summary>Predictions are as wide as the backbone's tokens: the same projection takes both to the shared space.</summary>
    public static void Make(in BackboneShape backbone, out TargetShape target) => target = new(backbone.Width);
}
