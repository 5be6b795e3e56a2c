using Rils.Contract;
using Rils.Runs;

namespace Rils.Analysis.Joining;

/// <summary>An arm with its outcomes for every seed.</summary>
/// <param name="Name">As it is shown: with its folder, where two folders have different arms of one name.</param>
/// <param name="Run">Where it is from.</param>
/// <param name="Outcomes">One for each seed, in their order.</param>
/// <param name="Point">What its run differs in from the others of its sweep: <c>batch-128</c>; empty where there is nothing.</param>
sealed record JoinedArm(string Name, FinishedRun Run, IReadOnlyList<ArmOutcome> Outcomes, string Point = "")
{
    /// <summary>Its name in its own folder.</summary>
    public string OwnName => Outcomes[0].Arm;

    /// <summary>The last evaluation of a head for each seed; null where the arm lacks one.</summary>
    public IReadOnlyList<HeadOutcome>? Last(string head)
    {
        HeadOutcome[] found = [.. Outcomes.Select(outcome => FinishedRun.Last(outcome).FirstOrDefault(last => last.Head == head)).OfType<HeadOutcome>()];
        return found.Length == Outcomes.Count ? found : null;
    }

    /// <summary>Whether it is the same arm, trained to the same results.</summary>
    public bool IsTwinOf(JoinedArm other) => Point == other.Point
        && !Difference.Between(Values, other.Values).Any() && Outcomes.Zip(other.Outcomes).All(pair =>
        pair.First.Failure == pair.Second.Failure && FinishedRun.Last(pair.First).Zip(FinishedRun.Last(pair.Second)).All(heads =>
            heads.First.Head == heads.Second.Head && heads.First.Step == heads.Second.Step
                && heads.First.Failure == heads.Second.Failure
                && heads.First.Metrics.SequenceEqual(heads.Second.Metrics)));

    IReadOnlyDictionary<string, string> Values => Run.Manifest.Experiment.Arms[OwnName];
}
