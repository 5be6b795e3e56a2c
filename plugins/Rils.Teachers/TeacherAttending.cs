namespace Rils.Teachers;

/// <summary>The passes that make <see cref="TeacherAttention"/>.</summary>
static class TeacherAttending
{
    /// <summary>Takes the arm's teacher.</summary>
    /// <exception cref="ArgumentException">The teacher's backbone does not tell what its class token attends
    /// to.</exception>
    public static void Setup(in Teacher teacher, out AttentionTeacher attention) =>
        attention = AttentionTeacher.Of(teacher.Backbone, "[teacher]");

    /// <summary>Takes the arm's own backbone where the arm has no teacher.</summary>
    /// <exception cref="ArgumentException">The backbone has no class token.</exception>
    public static void SetupOwn(in Backbone own, out AttentionTeacher attention) =>
        attention = AttentionTeacher.Of(own, "[backbone]");

    /// <summary>Lets the arm's teacher attend.</summary>
    public static void Attend(in AttentionTeacher teacher, in TeacherWeights weights, in Images images,
        in BatchParts cut, out TeacherAttention attention)
    {
        weights.CastToBf16();
        attention = teacher.Attend(images, cut);
    }

    /// <summary>Lets the arm's own backbone attend.</summary>
    public static void AttendOwn(
        in AttentionTeacher teacher, in Images images, in BatchParts cut, out TeacherAttention attention) =>
        attention = teacher.Attend(images, cut);
}
