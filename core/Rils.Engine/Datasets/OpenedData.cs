using Rils.Contract;
using Rils.Engine.Plugins;

namespace Rils.Engine.Datasets;

/// <summary>Data that a command opened by a kind of source.</summary>
/// <param name="Source">The samples.</param>
/// <param name="Kind">The full name of the kind.</param>
/// <param name="Options">The kind's options as the user gave them, each as <c>key=value</c>.</param>
/// <param name="Patterns">The absolute paths that the source opened.</param>
public sealed record OpenedData(
    ISource Source, string Kind, IReadOnlyList<string> Options, IReadOnlyList<string> Patterns) : IDisposable
{
    /// <summary>The services in whose scope the source was made.</summary>
    internal KindScope? Scope { get; init; }

    /// <summary>Number of samples that the data loses because the source does not understand them.</summary>
    public int Lost => Source.Findings.Sum(finding => finding.Lost);

    /// <inheritdoc/>
    public void Dispose()
    {
        Source.Dispose();
        Scope?.Dispose();
    }
}
