namespace Rils.FeatureTarget;

/// <summary>Says how wide the decoder's predictions are for the features target.</summary>
static class FeatureShape
{
    /// <summary>Predictions are as wide as the teacher's tokens.</summary>
    public static void Make(
        in BackboneShape backbone, in Maybe<TeacherShape> teacher, out TargetShape target) =>
        target = new(teacher.TryGet(out var other) ? other.Width : backbone.Width);
}
