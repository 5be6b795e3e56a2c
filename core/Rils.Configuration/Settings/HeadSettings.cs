using Rils.Contract;

namespace Rils.Configuration.Settings;

/// <summary>The keys of <c>[[head]]</c> that every kind of head has.</summary>
public sealed record HeadSettings
{
    /// <summary>Names the head in the results; its kind where it is not given.</summary>
    public string? Name { get; init; }

    /// <summary>Where the evaluation data is; <c>*</c> and <c>?</c> match within a name.</summary>
    [ExperimentPath]
    public required string Data { get; init; }

    /// <summary>How often it runs besides before the first step and after the last.</summary>
    public Period? Every { get; init; }
}
