using System.ComponentModel.DataAnnotations;

namespace Rils.Teachers;

/// <summary>Options of <c>[teacher] kind = "ema"</c>. The target's teacher is a moving average of the backbone and, for
/// the language target, of the shared space. The average takes another full pass over the images, without gradients.
/// Without <c>[teacher]</c> the arm's own full pass teaches, as in RILS. Sentences and gate stay the arm's
/// own.</summary>
public sealed record EmaTeacherOptions
{
    /// <summary>How slowly the teacher follows: a step makes it momentum x teacher + (1 - momentum) x weights. With 0
    /// the teacher has the trained weights, with 1 the first weights for good. BYOL: 0.996. RILS has no such
    /// teacher.</summary>
    [Range(0.0, 1.0)]
    public double Momentum { get; init; } = 0.996;
}
