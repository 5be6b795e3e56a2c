namespace Rils.Teachers;

/// <summary>A teacher that slowly follows the trained weights, in modules of its own.</summary>
static class EmaTeacher
{
    /// <summary>Makes the teacher as wide as the student. This happens before there are weights, because the decoder
    /// waits for the width.</summary>
    public static void Shape(in BackboneShape backbone, out TeacherShape shape) =>
        shape = new(backbone.Width);

    /// <summary>Makes the teacher's backbone as a copy of the arm's.</summary>
    public static void Setup(
        in EmaTeacherOptions options, in MakeBackbone make, in Weights weights, in HoldUntrained hold,
        out Teacher teacher, out TeacherWeights values, out EmaMomentum momentum)
    {
        var backbone = make();
        backbone.eval(); // batch norms use averaged statistics, and passes leave these as they are
        var held = hold(backbone);
        teacher = Teacher.Of(backbone, "[teacher] kind = \"ema\"");
        values = new(held, new(held, weights, "visual."));
        momentum = new(options.Momentum);
    }

    /// <summary>Makes the teacher's space as a copy of the arm's, where something reads the teacher's
    /// vectors.</summary>
    public static void Space(
        in MakeSpace make, in BackboneShape backbone, in Teacher teacher, in Weights weights, in HoldUntrained hold,
        out TeacherSpace space, out TeacherSpaceWeights values)
    {
        var made = make(new(backbone, null));
        made.eval();
        var held = hold(made);
        space = new(made, teacher);
        values = new(held, new(held, weights, ""));
    }

    /// <summary>Moves the average after the last change of the weights in a step.</summary>
    public static void Follow(in EmaMomentum momentum, ref TeacherWeights teacher) =>
        teacher.Average!.Follow(momentum.Value);

    /// <inheritdoc cref="Follow"/>
    public static void FollowSpace(in EmaMomentum momentum, ref TeacherSpaceWeights teacher) =>
        teacher.Average!.Follow(momentum.Value);
}
