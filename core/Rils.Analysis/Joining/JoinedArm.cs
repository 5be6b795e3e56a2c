using System.Globalization;
using Rils.Contract;
using Rils.Runs;
using Factor = Rils.Analysis.Findings.Factor;

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

    /// <summary>Whether the arm stopped early for some seed.</summary>
    public bool HasFailed => Outcomes.Any(outcome => outcome.Failure is not null);

    /// <summary>The folders of the arm, one for each seed, that are not there.</summary>
    public IEnumerable<string> RemovedFolders =>
        Outcomes.Select(Run.ArmFolder).Where(folder => !Directory.Exists(folder));

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

    /// <summary>The levels by which a sweep made the arm, by the keys of the factors; the arm of the file is the level
    /// of <see cref="Factor.Arms"/>. Empty outside a sweep.</summary>
    public IReadOnlyDictionary<string, string> Factors { get; } = FactorsOf(Run, Outcomes[0].Arm);

    /// <summary>The levels of the factors that an arm of a sweep has.</summary>
    public static Dictionary<string, string> LevelsOf(SweepArm arm)
    {
        // A key for one arm alone is the same factor as the key for all.
        var ofArm = $"arm.{arm.Arm}.";
        return new([
            new(Factor.Arms, arm.Arm),
            .. arm.Values.Select(value => KeyValuePair.Create(
                value.Key.StartsWith(ofArm, StringComparison.Ordinal) ? value.Key[ofArm.Length..] : value.Key,
                Plain(value.Value))),
        ]);
    }

    static Dictionary<string, string> FactorsOf(FinishedRun run, string name)
    {
        if (run.Manifest.Swept.FirstOrDefault(arm => arm.Name == ArmAverage.ArmOf(name)) is not { } swept) return [];
        var levels = LevelsOf(swept);
        if (ArmAverage.Is(name)) levels[Factor.Arms] = ArmAverage.NameOf(swept.Arm);
        return levels;
    }

    /// <summary>A value without the quotes of TOML, unless it is text that looks like a number.</summary>
    static string Plain(string value) => value is ['"', .. var text, '"']
        && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? text : value;

    /// <summary>Whether this is the average of an arm's weights.</summary>
    public bool IsAverage => ArmAverage.Is(OwnName);

    IReadOnlyDictionary<string, string> Values => Run.Manifest.Experiment.Arms[ArmAverage.ArmOf(OwnName)];
}
