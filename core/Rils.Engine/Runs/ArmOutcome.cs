namespace Rils.Engine.Runs;

/// <summary>How an arm ended.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Parameters">Number of parameters, frozen ones among them.</param>
/// <param name="Failure">Why it stopped early; null where it ran to the end.</param>
/// <param name="Heads">All evaluations, in the order in which they were made.</param>
public sealed record ArmOutcome(string Arm, long Seed, long Parameters, string? Failure, IReadOnlyList<HeadOutcome> Heads)
{
    /// <summary>Whether the arm stopped early, or a head failed on it.</summary>
    public bool HasFailed() => Failure is not null || FailedHeads().Any();

    /// <summary>The evaluations in which a head failed.</summary>
    public IEnumerable<HeadOutcome> FailedHeads() => Heads.Where(head => head.Failure is not null);

    /// <summary>Whether these are the outcomes of a seed, one for each arm; else their file is damaged.</summary>
    internal static bool AreOf(IEnumerable<string> arms, IReadOnlyList<ArmOutcome> outcomes) =>
        outcomes.Select(outcome => outcome?.Arm).Order(StringComparer.Ordinal).SequenceEqual(arms.Order(StringComparer.Ordinal))
        && outcomes.All(outcome => outcome.Heads.All(head => head is not null));
}
