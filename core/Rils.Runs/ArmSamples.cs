using Rils.Contract;
using Rils.Files;

namespace Rils.Runs;

/// <summary><c>samples.json</c> in an arm's folder: the heads' outcomes of single samples after the last
/// step.</summary>
/// <param name="Version">The version of the file's form.</param>
/// <param name="Step">The number of optimizer steps done.</param>
/// <param name="Heads">The outcomes by head; empty for a head that has none of single samples.</param>
public sealed record ArmSamples(
    int Version, long Step, IReadOnlyDictionary<string, IReadOnlyList<SampleOutcomes>> Heads)
{
    /// <summary>The file's name in the folder of an arm.</summary>
    public const string Name = "samples.json";

    const int Current = 3;

    /// <summary>The samples of an arm that no head evaluates; such an arm has no file.</summary>
    internal static ArmSamples None { get; } = new(Current, 0, new Dictionary<string, IReadOnlyList<SampleOutcomes>>());

    internal static void Write(string folder, long step, IEnumerable<HeadFinding> findings)
    {
        var heads = findings.ToDictionary(finding => finding.Outcome.Head, finding => finding.Samples);
        DurableFile.WriteText(
            Path.Combine(folder, Name), RunJson.Line(new ArmSamples(Current, step, heads)) + "\n");
    }

    /// <summary>Reads the file; null where the file is missing, damaged, or does not fit the outcomes.</summary>
    /// <param name="folder">The folder of the arm.</param>
    /// <param name="outcome">How the arm ended.</param>
    /// <param name="last">The heads' outcomes of the last evaluation.</param>
    public static ArmSamples? TryRead(string folder, ArmOutcome outcome, IReadOnlyList<HeadOutcome> last)
    {
        var path = Path.Combine(folder, Name);
        return outcome.Holds(folder, Name) && RunJson.TryRead<ArmSamples>(File.ReadAllText(path))
            is { Version: Current } samples && last.All(samples.Has) ? samples : null;
    }

    bool Has(HeadOutcome outcome) =>
        Step == outcome.Step && Heads.TryGetValue(outcome.Head, out var found) && found is not null
        && found.All(samples => samples is not null && HeadFinding.Fits(samples, outcome.Metrics));
}
