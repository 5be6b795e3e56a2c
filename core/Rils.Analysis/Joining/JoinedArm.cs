using Rils.Contract;
using Rils.Runs;

namespace Rils.Analysis.Joining;

/// <summary>An arm with its outcomes for every seed.</summary>
/// <param name="Name">The name that is shown: with the folder where two folders have different arms under one
/// name.</param>
/// <param name="Run">The run that trained the arm.</param>
/// <param name="Outcomes">One outcome for each seed, in the order of the seeds.</param>
/// <param name="Point">The values that set the run apart from the others of its sweep, such as <c>batch-128</c>; empty
/// where nothing does, as outside a sweep.</param>
sealed record JoinedArm(string Name, FinishedRun Run, IReadOnlyList<ArmOutcome> Outcomes, string Point = "")
{
    /// <summary>The arm's name in its own folder.</summary>
    public string OwnName => Outcomes[0].Arm;

    /// <summary>The last result of a head for each seed; null where a seed lacks one.</summary>
    public IReadOnlyList<HeadOutcome>? Last(string head)
    {
        HeadOutcome[] found = [.. Outcomes.Select(outcome =>
            FinishedRun.Last(outcome).FirstOrDefault(last => last.Head == head)).OfType<HeadOutcome>()];
        return found.Length == Outcomes.Count ? found : null;
    }

    /// <summary>Whether another run has the same arm, trained to the same results.</summary>
    public bool IsTwinOf(JoinedArm other) => Point == other.Point
        && !Difference.Between(Values, other.Values).Any()
        && Outcomes.Zip(other.Outcomes).All(pair => pair.First.Failure == pair.Second.Failure
            && FinishedRun.Last(pair.First).Zip(FinishedRun.Last(pair.Second)).All(heads =>
                heads.First.Head == heads.Second.Head && heads.First.Step == heads.Second.Step
                    && heads.First.Failure == heads.Second.Failure
                    && heads.First.Metrics.SequenceEqual(heads.Second.Metrics)));

    /// <summary>Whether this is the average of an arm's weights.</summary>
    public bool IsAverage => ArmAverage.Is(OwnName);

    IReadOnlyDictionary<string, string> Values => Run.Manifest.Experiment.Arms[ArmAverage.ArmOf(OwnName)];
}
