namespace Rils.Teachers;

/// <summary>Options of <c>[teacher] kind = "frozen"</c>. The target's teacher is a trained backbone that stays as it is, CLIP's image tower say: that of
/// another arm or run, of any width, whose patches are as many as the arm's own. For the language target the weights need an <c>image_projection</c> besides, to a
/// space in which the arm's sentences are at home.</summary>
public sealed record FrozenTeacherOptions : WeightsOrigin;
