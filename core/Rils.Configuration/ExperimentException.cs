namespace Rils.Configuration;

/// <summary>An experiment cannot run as it is written. The message lists its mistakes, each on a line: all mistakes, or
/// the first hundred.</summary>
public sealed class ExperimentException(IReadOnlyList<Problem> problems) : Exception(List(problems))
{
    const int Most = 100;

    /// <summary>The mistakes, ordered by file and line.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;

    static string List(IReadOnlyList<Problem> problems) =>
        string.Join('\n', problems.Take(Most)) + (problems.Count > Most
            ? $"\nand {problems.Count - Most} more mistakes, which rils reports once these are fixed" : "");
}
