namespace Rils.Engine.Experiments;

/// <summary>An experiment that cannot be run as it is written. The message lists all mistakes, one a line.</summary>
public sealed class ExperimentException(IReadOnlyList<Problem> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>The mistakes, ordered by file and line.</summary>
    public IReadOnlyList<Problem> Problems { get; } = problems;
}
