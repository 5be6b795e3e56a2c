using static TorchSharp.torch;

namespace Rils.Teachers;

/// <summary>A backbone that was trained before and does not change teaches (Wei et al. 2022; Fang et al. 2023: CLIP's
/// image tower).</summary>
static class FrozenTeacher
{
    /// <summary>Makes the backbone that the weights belong to. Where the arm that they come from is not trained, as in
    /// a benchmark, the weights are drawn.</summary>
    /// <exception cref="ArgumentException">The weights do not fit this backbone, or the backbone cuts images into other
    /// patches than the arm's does.</exception>
    public static void Setup(
        in PretrainedWeights<FrozenTeacherOptions> given, in PatchShape student, in Seed seed,
        in HoldUntrained hold,
        out Teacher teacher, out TeacherWeights values, out TeacherShape shape)
    {
        var backbone = given.MakeBackbone();
        teacher = Teacher.Of(backbone, $"[teacher] of {given.Title}");
        RequireGrid(teacher.Encoder.Patches.Grid, student.Grid, given.Title);
        if (!given.Load(new("visual.", backbone))) backbone.Initialize(seed.Initialization("backbone"));
        backbone.eval(); // the averaged statistics are part of the trained weights
        values = new(hold(backbone), null);
        shape = new(backbone.Shape.Width);
    }

    /// <summary>Makes a space like the arm's for the teacher's width, where something reads the teacher's
    /// vectors.</summary>
    /// <exception cref="ArgumentException">The weights have no projection to a space of so many dimensions.</exception>
    public static void Space(
        in PretrainedWeights<FrozenTeacherOptions> given, in Teacher teacher, in MakeSpace make,
        in Seed seed, in HoldUntrained hold,
        out TeacherSpace space, out TeacherSpaceWeights values)
    {
        var made = make(new(teacher.Backbone.Shape, null));
        if (!given.Load(new("", made))) made.Initialize(seed.Initialization("space"));
        made.eval();
        space = new(made, teacher);
        values = new(hold(made), null);
    }

    static void RequireGrid(PatchGrid teacher, PatchGrid student, string title)
    {
        if (teacher == student) return;
        throw new ArgumentException(
            $"[teacher] of {title} cuts an image into {teacher.Rows} x {teacher.Columns} patches, and the arm's "
            + $"[backbone] into {student.Rows} x {student.Columns}: a prediction for each patch needs as many; give "
            + "[backbone] the teacher's patch, or take another teacher");
    }
}
