using System.ComponentModel.DataAnnotations;

namespace Rils.ZeroShot;

/// <summary>Options of <c>[[head]] kind = "zero-shot"</c>.</summary>
public sealed record ZeroShotOptions
{
    /// <summary>A JSON file that lists the classes in the order of the samples' class numbers. An entry is a phrase, or
    /// <c>{ "name": "food/fruit", "phrase": "a fruit" }</c>.</summary>
    [ExperimentPath]
    public required string Classes { get; init; }

    /// <summary>Sentences with <c>{}</c> where a class's phrase goes; a class is the mean of all its sentences. CLIP
    /// uses 80 templates for ImageNet; the defaults suit small collections of drawings and photographs.</summary>
    [MinLength(1)]
    public IReadOnlyList<string> Templates { get; init; } =
        ["{}", "a picture of {}", "a drawing of {}", "{}, clip art"];
}
