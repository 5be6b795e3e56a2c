namespace Rils.Testing;

/// <summary>A plugin does not keep the contract. The message holds all findings.</summary>
/// <param name="findings">All findings of all checks, at least one.</param>
public sealed class ConformanceException(IReadOnlyList<ConformanceFinding> findings)
    : Exception(string.Join("\n", findings))
{
    /// <summary>All findings, by kind and then in the order of the checks.</summary>
    public IReadOnlyList<ConformanceFinding> Findings => findings;
}
