namespace Rils.Contract;

/// <summary>What the pass of an arm's <c>[teacher]</c> costs, for <c>rils check</c> and <c>rils bench</c>; a <c>Setup</c> system makes it.</summary>
/// <param name="Flops">Floating-point operations of one image, which has no backward pass; a multiply-add counts as two.</param>
public sealed record TeacherCost(long Flops)
{
    /// <summary>A full pass of a backbone.</summary>
    public static TeacherCost Of(Backbone backbone) => new(backbone.Flops(backbone.Shape.Grid.Count));
}
