using System.Text.Json.Serialization;
using Rils.Contract;
using Rils.Files;

namespace Rils.Runs;

/// <summary>How an arm ended for a seed.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Parameters">The number of parameters, with the frozen ones.</param>
/// <param name="Failure">Why the arm stopped early; null where it ran to the end.</param>
/// <param name="Heads">The results of all evaluations, in their order.</param>
public sealed record ArmOutcome(
    string Arm, long Seed, long Parameters, string? Failure, IReadOnlyList<HeadOutcome> Heads)
{
    /// <summary>SHA-256 of the files in the arm's folder that other runs and commands read, by file name: the weights,
    /// and the heads' outcomes of single samples.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();

    /// <summary>The outcome of the moving average of the arm's weights, under the average's name; null for an arm
    /// without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ArmOutcome? Average { get; init; }

    /// <summary>Lists outcomes with those of averages, each behind its arm's. Where an arm has an average for one seed,
    /// the arm has one for every seed: an arm that could not begin for a seed has none in its file.</summary>
    internal static IReadOnlyList<ArmOutcome> WithAverages(IReadOnlyList<ArmOutcome> outcomes)
    {
        var averaged =
            outcomes.Where(outcome => outcome.Average is not null).Select(outcome => outcome.Arm).ToHashSet();
        return [.. outcomes.SelectMany(outcome => averaged.Contains(outcome.Arm)
            ? [outcome with { Average = null }, outcome.Average ?? outcome.NameAverage([])] : (ArmOutcome[])[outcome])];
    }

    /// <summary>The outcome of the arm's average, which ends as the arm does.</summary>
    /// <param name="heads">The results of all evaluations of the average.</param>
    internal ArmOutcome NameAverage(IReadOnlyList<HeadOutcome> heads) =>
        new(ArmAverage.NameOf(Arm), Seed, Parameters, Failure, heads);

    /// <summary>Whether the arm stopped early, or a head failed on it.</summary>
    public bool HasFailed() => Failure is not null || FailedHeads().Any();

    /// <summary>The evaluations in which a head failed.</summary>
    public IEnumerable<HeadOutcome> FailedHeads() => Heads.Where(head => head.Failure is not null);

    /// <summary>Whether the outcomes are whole: one for each arm. An outcome file without that is damaged.</summary>
    internal static bool AreOf(IEnumerable<string> arms, IReadOnlyList<ArmOutcome> outcomes) =>
        outcomes.Select(outcome => outcome?.Arm).Order(StringComparer.Ordinal)
            .SequenceEqual(arms.Order(StringComparer.Ordinal))
        && outcomes.All(outcome => outcome.Heads.All(head => head is not null));

    /// <summary>The message about a file that differs from the one that the run wrote.</summary>
    internal static string Damaged(string file) =>
        $"{file} is damaged: its SHA-256 is not the one in {RunFolder.OutcomeFile}; put it back from a copy, "
        + "or remove it: its run, resumed, makes it again from the last checkpoint";

    /// <summary>Whether a file exists and is as the run wrote it.</summary>
    /// <param name="folder">The folder of the arm.</param>
    /// <param name="name">A name among <see cref="Files"/>.</param>
    internal bool Holds(string folder, string name) =>
        Path.Combine(folder, name) is var file && File.Exists(file)
            && Files.GetValueOrDefault(name) == FileHash.Of(file);
}
