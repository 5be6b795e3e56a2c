using System.ComponentModel.DataAnnotations;

namespace Rils.Teachers;

/// <summary>Options of <c>[teacher] kind = "ema"</c>. The target's teacher is a moving average of the backbone, by another full pass over the images without
/// gradients; for the language target, of the shared space too. Without <c>[teacher]</c> it is the arm's own full pass, as in RILS. Sentences and gate
/// stay the arm's own.</summary>
public sealed record EmaTeacherOptions
{
    /// <summary>How slowly the teacher follows: after a step it is momentum x teacher + (1 - momentum) x weights; 0 is the trained weights, 1 the
    /// first ones for good. BYOL: 0.996. RILS has no such teacher.</summary>
    [Range(0.0, 1.0)]
    public double Momentum { get; init; } = 0.996;
}
