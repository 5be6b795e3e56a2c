namespace Rils.Analysis;

/// <summary>Which heads and metrics a comparison shows, and which arm is its baseline.</summary>
public sealed record CompareOptions
{
    /// <summary>The name of the baseline: each difference is an arm less the baseline. Null takes the last arm of the
    /// first folder, where the experiments of this repository have the plain method.</summary>
    public string? Baseline { get; init; }

    /// <summary>The names of the arms to compare; all arms where the list is empty. The name that an arm of a sweep has
    /// in the file stands for all arms that the sweep made of it.</summary>
    public IReadOnlyList<string> Arms { get; init; } = [];

    /// <summary>The names of the heads to show; all heads where the list is empty.</summary>
    public IReadOnlyList<string> Heads { get; init; } = [];

    /// <summary>The names of the metrics to show; all metrics where the list is empty.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];
}
