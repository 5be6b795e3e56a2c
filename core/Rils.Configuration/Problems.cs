using System.Collections;

namespace Rils.Configuration;

/// <summary>Collects the mistakes of an experiment, to report them together: in the order of file, line and column,
/// <c>--set</c> last, each mistake once. Arms that share a table report its mistakes once.</summary>
public sealed class Problems : IReadOnlyCollection<Problem>
{
    readonly HashSet<Problem> found = [];

    /// <inheritdoc/>
    public int Count => found.Count;

    /// <summary>Adds a mistake.</summary>
    public void Add(SourceSpan at, string message) => found.Add(new Problem(at, message));

    /// <summary>Adds the mistakes that were collected elsewhere.</summary>
    public void Add(IEnumerable<Problem> others) => found.UnionWith(others);

    /// <summary>Throws one exception for all mistakes, where there are any.</summary>
    /// <exception cref="ExperimentException">There is a mistake.</exception>
    public void ThrowIfAny()
    {
        if (Count > 0)
            throw new ExperimentException([.. this]);
    }

    /// <inheritdoc/>
    public IEnumerator<Problem> GetEnumerator() => found
        .OrderBy(problem => problem.At.IsSet)
        .ThenBy(problem => problem.At.File, StringComparer.Ordinal)
        .ThenBy(problem => problem.At.Line)
        .ThenBy(problem => problem.At.Column)
        .ThenBy(problem => problem.Message, StringComparer.Ordinal)
        .GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
