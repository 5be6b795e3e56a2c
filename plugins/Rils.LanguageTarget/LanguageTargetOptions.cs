using System.ComponentModel.DataAnnotations;

namespace Rils.LanguageTarget;

/// <summary>Options of <c>[target] kind = "language"</c>.</summary>
public sealed record LanguageTargetOptions : IValidatableObject
{
    /// <summary>Divides the cosines between predictions and sentences. RILS: 0.1.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double StudentTemperature { get; init; } = 0.1;

    /// <summary>Divides the cosines between full-image patch tokens and sentences. RILS: 0.04.</summary>
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)]
    public double TeacherTemperature { get; init; } = 0.04;

    /// <summary>Factor of this term in the loss. RILS: 0.5.</summary>
    [Range(0.0, double.MaxValue)]
    public double Weight { get; init; } = 0.5;

    /// <summary>The vectors with which patches are compared: the batch's sentences, with gradients from this term
    /// (attached) or without (detached), or, as a control without language, `directions` that are random and fixed or
    /// learned. Not given: attached where `gather = 1`, detached where more processes gather, as in the authors'
    /// code.</summary>
    public Prototypes? Prototypes { get; init; }

    /// <summary>The number of directions that take the place of the sentences, where `prototypes` are random or
    /// learned. As many as `batch` give a patch as many choices as sentences do.</summary>
    [Range(2, int.MaxValue)]
    public int? Directions { get; init; }

    /// <summary>Which images count: those that retrieve their own caption, all alike, or all by the probability of
    /// their own caption. RILS: correct.</summary>
    public Gate Gate { get; init; } = Gate.Correct;

    /// <summary>How the loss compares prediction and teacher; mse compares the cosines themselves, so it ignores the
    /// temperatures. RILS: kl.</summary>
    public Comparison Loss { get; init; } = Comparison.Kl;

    /// <summary>Which patches of an image count: the hidden ones, or all, since the decoder predicts the visible ones
    /// too. RILS: hidden.</summary>
    public CountedPatches Patches { get; init; } = CountedPatches.Hidden;

    /// <summary>How many sentences of past steps are prototypes beside the batch's, first in, first out. The queue
    /// starts empty; its sentences have no gradient, and the gate does not see them. RILS: 0.</summary>
    [Range(0, int.MaxValue)]
    public int Queue { get; init; }

    /// <summary>Whether directions take the place of the sentences.</summary>
    internal bool HasDirections =>
        Prototypes is LanguageTarget.Prototypes.Random or LanguageTarget.Prototypes.Learned;

    /// <summary>These options with the prototypes that follow from the number of processes, where none are
    /// given.</summary>
    internal LanguageTargetOptions With(Gather gather) => this with
    {
        Prototypes = Prototypes ?? (gather.IsAttached ? LanguageTarget.Prototypes.Attached
            : LanguageTarget.Prototypes.Detached),
    };

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (HasDirections && Directions is null)
            yield return new("prototypes = \"random\" and \"learned\" need `directions`, their number: as many as "
                + "`batch` give a patch as many choices as sentences do");
        if (!HasDirections && Directions is not null)
            yield return new("`directions` are for prototypes = \"random\" and \"learned\": set one of these, or drop "
                + "`directions`", [nameof(Directions)]);
        if (HasDirections && Queue > 0)
            yield return new("a `queue` keeps sentences, and these prototypes are none: drop `queue`", [nameof(Queue)]);
        if (Loss != Comparison.Mse && Queue == 0 && !HasDirections
            && validationContext.GetService(typeof(ExperimentContext)) is ExperimentContext { BatchSize: 1 })
            yield return new("batch = 1 in [data] gives a patch one sentence to choose from, so this loss is always 0: "
                + "raise `batch`, or give a `queue`");
    }
}
