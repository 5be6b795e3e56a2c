using System.ComponentModel.DataAnnotations;

namespace Rils.ZeroShot;

/// <summary>Options of <c>[[head]] kind = "zero-shot"</c>.</summary>
public sealed record ZeroShotOptions : IValidatableObject
{
    /// <summary>The word for the names that the data gives its classes.</summary>
    internal const string OfData = "auto";

    /// <summary>A JSON file that lists the classes. An entry is a phrase, a list of phrases (a class is the mean of
    /// them), or <c>{ "name": "food/fruit", "phrase": "a fruit" }</c>, where `phrases` may hold several. Where the
    /// data names its classes as the list does, names decide, and other entries of the list are left out; else the
    /// list has the order of the samples' class numbers. `auto`: the names that the data gives its classes (the
    /// folders' names of a `folder` source), with blanks in place of `_`.</summary>
    [ExperimentPath(OfData)]
    public string Classes { get; init; } = OfData;

    /// <summary>A JSON file that lists some of these classes, by name or by the data's class number: only they compete,
    /// and the data has no other. For robustness sets, which have two hundred of ImageNet's classes. Not given:
    /// all.</summary>
    [ExperimentPath]
    public string? Subset { get; init; }

    /// <summary>Sentences with <c>{}</c> where a class's phrase goes, and names of sets: `photos` or `drawings`. A
    /// class is the mean of all its sentences, each scaled to length 1. Not given: photos.</summary>
    [MinLength(1)]
    public IReadOnlyList<string>? Templates { get; init; }

    /// <summary>A JSON file that lists templates, in place of `templates`: CLIP's 80 for ImageNet, for
    /// example.</summary>
    [ExperimentPath]
    public string? TemplatesFile { get; init; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Templates is not null && TemplatesFile is not null)
            yield return new("gives `templates` and `templates_file`: one of them, since each names the sentences",
                [nameof(TemplatesFile)]);
    }
}
