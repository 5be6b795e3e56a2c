using System.ComponentModel.DataAnnotations;

namespace Rils.ZeroShot;

/// <summary>Options of <c>[[head]] kind = "zero-shot"</c>.</summary>
public sealed record ZeroShotOptions
{
    /// <summary>The word for the names that the data gives its classes.</summary>
    internal const string OfData = "auto";

    /// <summary>A JSON file that lists the classes in the order of the samples' class numbers. An entry is a phrase, or
    /// <c>{ "name": "food/fruit", "phrase": "a fruit" }</c>. `auto`: the names that the data gives its classes (the
    /// folders' names of a `folder` source), with blanks in place of `_`.</summary>
    [ExperimentPath(OfData)]
    public string Classes { get; init; } = OfData;

    /// <summary>Sentences with <c>{}</c> where a class's phrase goes; a class is the mean of all its sentences. CLIP
    /// uses 80 templates for ImageNet; the defaults suit small collections of drawings and photographs.</summary>
    [MinLength(1)]
    public IReadOnlyList<string> Templates { get; init; } =
        ["{}", "a picture of {}", "a drawing of {}", "{}, clip art"];
}
