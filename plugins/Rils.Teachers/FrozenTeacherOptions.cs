namespace Rils.Teachers;

/// <summary>Options of <c>[teacher] kind = "frozen"</c>. The target's teacher is a trained backbone that does not
/// change: CLIP's image tower, say, or the backbone of another arm or run. The backbone may have any width, and cuts an
/// image into as many patches as the arm's own. For the language target the weights also need an
/// <c>image_projection</c> to the space in which the arm's sentences lie.</summary>
public sealed record FrozenTeacherOptions : PretrainedOptions;
