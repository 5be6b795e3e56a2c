using System.ComponentModel.DataAnnotations;
using Rils.Contract;

namespace Rils.Configuration.Settings;

/// <summary>The keys of <c>[[head]]</c> that every kind of head has.</summary>
public sealed record HeadSettings
{
    /// <summary>Name of the head in the results. Not given: its kind.</summary>
    public string? Name { get; init; }

    /// <summary>Path of the evaluation data, or several; <c>*</c> and <c>?</c> match within a name.</summary>
    [ExperimentPath, MinLength(1)]
    public required IReadOnlyList<string> Data { get; init; }

    /// <summary>Path of further data of the same kind, or several, to choose by: the head judges each arm on it too, a
    /// sweep says which of its points is best there, and tables show what the head finds on `data`.</summary>
    [ExperimentPath]
    public IReadOnlyList<string> Validation { get; init; } = [];

    /// <summary>How often the head runs, besides before the first step and after the last.</summary>
    public Period? Every { get; init; }
}
