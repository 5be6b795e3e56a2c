using System.ComponentModel.DataAnnotations;

namespace Rils.LanguageTarget;

/// <summary>Options of <c>[teacher] kind = "ema"</c>. The language target's teacher is a moving average of backbone and
/// shared space, by another full pass over the images without gradients; without this table, as in RILS, it is the pass that the arm makes
/// anyway. Sentences and gate stay the arm's own.</summary>
public sealed record EmaTeacherOptions
{
    /// <summary>How slowly the teacher follows: after a step it is momentum x teacher + (1 - momentum) x weights; 0 is the trained weights, 1 the
    /// first ones for good. BYOL: 0.996. RILS has no such teacher.</summary>
    [Range(0.0, 1.0)]
    public double Momentum { get; init; } = 0.996;
}
