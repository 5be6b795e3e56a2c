namespace Rils.Analysis;

/// <summary>What of the runs is compared, and to what.</summary>
public sealed record CompareOptions
{
    /// <summary>The arm that differences are to. Not given: the last arm of the first folder, where the experiments here have the plain method.</summary>
    public string? Baseline { get; init; }

    /// <summary>Heads to show; empty: all.</summary>
    public IReadOnlyList<string> Heads { get; init; } = [];

    /// <summary>Metrics to show; empty: all.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];
}
