namespace Rils.Contract;

/// <summary>The cost of the pass of an arm's <c>[teacher]</c>, which <c>rils check</c> and <c>rils bench</c> print; a
/// <c>Setup</c> system makes it.</summary>
/// <param name="Flops">Floating-point operations of one image's forward pass; a multiply-add counts as two. A teacher
/// has no backward pass.</param>
public sealed record TeacherCost(long Flops)
{
    /// <summary>Counts the pass of a backbone over a whole image.</summary>
    /// <param name="backbone">The teacher.</param>
    /// <returns>The cost by <see cref="Backbone.Flops"/>.</returns>
    public static TeacherCost Of(Backbone backbone) => new(backbone.Flops);
}
