namespace Rils.Teachers;

/// <summary>A teacher that follows the trained weights slowly, in modules of its own.</summary>
static class EmaTeacher
{
    /// <summary>The teacher is as wide as the student. Known before there are weights: the decoder waits for it.</summary>
    public static void Shape(in BackboneShape backbone, out TeacherShape shape) => shape = new(backbone.Width);

    /// <summary>Starts as a copy of the arm's backbone.</summary>
    public static void Setup(in EmaTeacherOptions options, in MakeBackbone make, in Weights weights, in HoldUntrained hold,
        out Teacher teacher, out TeacherWeights values, out TeacherCost cost, out EmaMomentum momentum)
    {
        var backbone = make();
        backbone.eval(); // its batch norms have the averaged statistics, and its passes move none
        var held = hold(backbone);
        teacher = new(backbone);
        values = new(held, new(held, weights, "visual.", options.Momentum));
        cost = TeacherCost.Of(backbone);
        momentum = new(options.Momentum);
    }

    /// <summary>Starts as a copy of the arm's shared space; made where something reads the teacher's vectors.</summary>
    public static void Space(in EmaMomentum momentum, in MakeSpace make, in BackboneShape backbone, in Weights weights, in HoldUntrained hold,
        out TeacherSpace space, out TeacherSpaceWeights values)
    {
        var made = make(new(backbone, null));
        made.eval();
        var held = hold(made);
        space = new(made);
        values = new(held, new(held, weights, "", momentum.Value));
    }

    /// <summary>After the last change of the weights in this step.</summary>
    public static void Follow(ref TeacherWeights teacher) => teacher.Average!.Follow();

    /// <inheritdoc cref="Follow"/>
    public static void FollowSpace(ref TeacherSpaceWeights teacher) => teacher.Average!.Follow();
}
