using System.ComponentModel.DataAnnotations;
using Rils.Abstractions;

namespace Rils.Engine.Loading;

/// <summary>The keys of <c>[data]</c> that every kind of source has.</summary>
public sealed record DataSettings
{
    /// <summary>Where the training data is; <c>*</c> and <c>?</c> match within a name.</summary>
    [ExperimentPath]
    public required string Train { get; init; }

    /// <summary>Samples per step.</summary>
    [Range(1, 1 << 20)]
    public required int Batch { get; init; }

    /// <summary>Side of the square images that the models see, in pixels.</summary>
    [Range(1, 4096)]
    public required int Image { get; init; }
}
